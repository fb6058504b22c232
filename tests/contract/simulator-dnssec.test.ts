import { type SimulatorClient, withSimulator } from "../support/simulator-client";

const SINCE = "2026-01-01T00:00:00Z";

/** The five documented states and `error`, as the control plane sets them. */
const STATES = {
  deleted: { dsAtParent: false, dnssec: { status: "disabled", modified_on: null } },
  disabled: { dsAtParent: false, dnssec: { status: "disabled", modified_on: SINCE } },
  pending: { dsAtParent: false, dnssec: { status: "pending" } },
  active: { dsAtParent: true, dnssec: { status: "active" } },
  "pending-disabled": { dsAtParent: true, dnssec: { status: "pending-disabled" } },
  error: { dsAtParent: false, dnssec: { status: "error" } },
} as const;

type State = keyof typeof STATES;
type Action = "enable" | "disable" | "delete";

function perform(client: SimulatorClient, action: Action) {
  const path = `${client.zone}/dnssec`;
  if (action === "delete") return client.cloudflare("DELETE", path);
  return client.cloudflare("PATCH", path, { status: action === "enable" ? "active" : "disabled" });
}

const failure = (code: number, message: string) => ({
  success: false,
  errors: [{ code, message }],
  messages: [],
  result: null,
});

describe("the DNSSEC state machine", () => {
  test.each<[State, Action, string]>([
    ["deleted", "enable", "pending"],
    ["disabled", "enable", "pending"],
    ["pending-disabled", "enable", "active"],
    ["error", "enable", "pending"],
    ["pending", "disable", "disabled"],
    ["active", "disable", "pending-disabled"],
    ["error", "disable", "disabled"],
  ])("from %s, %s leads to %s", (from, action, to) =>
    withSimulator({}, async (client) => {
      await client.patchZone(STATES[from]);

      expect(await perform(client, action)).toMatchObject({
        status: 200,
        body: { success: true, result: { status: to, key_tag: 2371, modified_on: expect.any(String) } },
      });
    })(),
  );

  test.each<[State, Action, number, string]>([
    ["pending", "enable", 1201, "DNSSEC is already enabled"],
    ["active", "enable", 1201, "DNSSEC is already enabled"],
    ["disabled", "disable", 1202, "DNSSEC is already disabled"],
    ["deleted", "disable", 1202, "DNSSEC is already disabled"],
    ["pending-disabled", "disable", 1202, "DNSSEC is already disabled"],
    ["deleted", "delete", 1203, "DNSSEC is already deleted"],
    ["pending", "delete", 1204, "DNSSEC must be disabled before it can be deleted"],
    ["active", "delete", 1204, "DNSSEC must be disabled before it can be deleted"],
    ["pending-disabled", "delete", 1204, "DNSSEC must be disabled before it can be deleted"],
    ["error", "delete", 1204, "DNSSEC must be disabled before it can be deleted"],
  ])("in %s, %s is refused with %d", (from, action, code, message) =>
    withSimulator({}, async (client) => {
      await client.patchZone(STATES[from]);
      const before = await client.cloudflare("GET", `${client.zone}/dnssec`);

      expect(await perform(client, action)).toMatchObject({ status: 400, body: failure(code, message) });
      expect((await client.cloudflare("GET", `${client.zone}/dnssec`)).body).toEqual(before.body);
    })(),
  );

  test(
    "a zone that never had DNSSEC has no key, no time and status disabled",
    withSimulator({}, async (client) => {
      const { body } = await client.cloudflare("GET", `${client.zone}/dnssec`);

      expect(body).toEqual({
        success: true,
        errors: [],
        messages: [],
        result: {
          status: "disabled",
          modified_on: null,
          dnssec_presigned: false,
          dnssec_use_nsec3: false,
          dnssec_multi_signer: false,
          algorithm: null,
          digest: null,
          digest_algorithm: null,
          digest_type: null,
          ds: null,
          flags: null,
          key_tag: null,
          key_type: null,
          public_key: null,
        },
      });
    }),
  );

  test(
    "a signed zone shows the key whose tag is that of Cloudflare's own, and its DS for the zone's name",
    withSimulator({}, async (client) => {
      await client.patchZone({ ...STATES.active, name: "cloudflare.com" });

      expect((await client.cloudflare("GET", `${client.zone}/dnssec`)).body).toMatchObject({
        result: {
          algorithm: "13",
          digest: expect.stringMatching(/^[0-9A-F]{64}$/),
          digest_algorithm: "SHA256",
          digest_type: "2",
          ds: expect.stringMatching(/^cloudflare\.com\. 3600 IN DS 2371 13 2 [0-9A-F]{64}$/),
          flags: 257,
          key_tag: 2371,
          key_type: "ECDSAP256SHA256",
        },
      });
    }),
  );

  test(
    "disabling keeps the key, deleting takes it away and answers a bare string",
    withSimulator({}, async (client) => {
      await client.patchZone(STATES.pending);
      await perform(client, "disable");
      const disabled = await client.cloudflare("GET", `${client.zone}/dnssec`);
      const deleted = await perform(client, "delete");

      expect(disabled.body).toMatchObject({ result: { ds: expect.stringContaining(" IN DS 2371 13 2 ") } });
      expect(deleted.body).toMatchObject({ success: true, result: client.zoneId });
      expect((await client.cloudflare("GET", `${client.zone}/dnssec`)).body).toMatchObject({
        result: { status: "disabled", modified_on: null, ds: null },
      });
    }),
  );

  test(
    "the parent's DS moves pending to active, active to pending and pending-disabled to disabled",
    withSimulator({}, async (client) => {
      const statusWithDs = async (dsAtParent: boolean) => {
        await client.patchZone({ dsAtParent });
        return (await client.cloudflare("GET", `${client.zone}/dnssec`)).body;
      };
      await perform(client, "enable");

      expect(await statusWithDs(true)).toMatchObject({ result: { status: "active" } });
      expect(await statusWithDs(false)).toMatchObject({ result: { status: "pending" } });
      await client.patchZone({ dsAtParent: true });
      await perform(client, "disable");
      expect(await statusWithDs(false)).toMatchObject({ result: { status: "disabled" } });
    }),
  );

  test(
    "enabling a zone that is itself pending fails with 1017",
    withSimulator({}, async (client) => {
      await client.patchZone({ status: "pending" });

      expect(await perform(client, "enable")).toMatchObject({
        status: 400,
        body: failure(1017, "Invalid zone plan for action"),
      });
    }),
  );

  test(
    "redundant calls change nothing when the switch accepts them",
    withSimulator({ switches: { redundantDnssecCalls: "accept" } }, async (client) => {
      await client.patchZone(STATES.active);
      const before = await client.cloudflare("GET", `${client.zone}/dnssec`);

      expect(await perform(client, "enable")).toMatchObject({ status: 200, body: before.body });
    }),
  );
});

describe("the DNSSEC flags", () => {
  const dnssec = (client: SimulatorClient, body: unknown) =>
    client.cloudflare("PATCH", `${client.zone}/dnssec`, body);

  test(
    "can be set without a status, and leave it as it is",
    withSimulator({}, async (client) => {
      expect(await dnssec(client, { dnssec_presigned: true, dnssec_use_nsec3: true })).toMatchObject({
        status: 200,
        body: {
          result: { status: "disabled", modified_on: null, dnssec_presigned: true, dnssec_use_nsec3: true },
        },
      });
    }),
  );

  test(
    "need a status when the switch says so",
    withSimulator({ switches: { dnssecWithoutStatus: "refuse" } }, async (client) => {
      expect(await dnssec(client, { dnssec_presigned: true })).toMatchObject({
        status: 400,
        body: {
          errors: [{ code: 1002, message: 'Invalid or missing "status"', source: { pointer: "/status" } }],
        },
      });
    }),
  );

  test(
    "presigned is refused on a zone that is not secondary, and nothing of the request is done",
    withSimulator({}, async (client) => {
      await client.patchZone({ type: "full" });

      expect(await dnssec(client, { status: "active", dnssec_presigned: true })).toMatchObject({
        status: 400,
        body: { errors: [{ code: 1205, source: { pointer: "/dnssec_presigned" } }] },
      });
      expect((await client.cloudflare("GET", `${client.zone}/dnssec`)).body).toMatchObject({
        result: { status: "disabled", dnssec_presigned: false },
      });
    }),
  );

  test(
    "a presigned flag left over from a secondary zone stays until it is cleared",
    withSimulator({}, async (client) => {
      await dnssec(client, { status: "active", dnssec_presigned: true });
      await client.patchZone({ type: "full" });

      expect(await dnssec(client, { status: "disabled" })).toMatchObject({
        status: 200,
        body: { result: { dnssec_presigned: true } },
      });
      expect(await dnssec(client, { dnssec_presigned: false })).toMatchObject({
        status: 200,
        body: { result: { dnssec_presigned: false } },
      });
    }),
  );

  test(
    "NSEC3 needs the enterprise plan",
    withSimulator({}, async (client) => {
      await client.patchZone({ plan: "business" });

      expect(await dnssec(client, { dnssec_use_nsec3: true })).toMatchObject({
        status: 400,
        body: failure(1017, "Invalid zone plan for action"),
      });
    }),
  );

  test.each([
    ["never", true, true],
    ["by-disable", false, false],
    ["by-delete", true, false],
  ] as const)("are cleared %s", (dnssecFlagsCleared, afterDisable, afterDelete) =>
    withSimulator({ switches: { dnssecFlagsCleared } }, async (client) => {
      await dnssec(client, { status: "active", dnssec_multi_signer: true });
      expect((await perform(client, "disable")).body).toMatchObject({
        result: { dnssec_multi_signer: afterDisable },
      });
      await perform(client, "delete");
      expect((await client.cloudflare("GET", `${client.zone}/dnssec`)).body).toMatchObject({
        result: { dnssec_multi_signer: afterDelete },
      });
    })(),
  );

  test(
    "with unsetDnssecFlags absent, show as soon as they are set, to false too",
    withSimulator({ switches: { unsetDnssecFlags: "absent" } }, async (client) => {
      const shown = async () => {
        const { body } = await client.cloudflare("GET", `${client.zone}/dnssec`);
        const { result } = body as { result: object };
        return Object.entries(result).filter(([field]) => field.startsWith("dnssec_"));
      };
      expect(await shown()).toEqual([]);

      await dnssec(client, { status: "active", dnssec_use_nsec3: false });
      expect(await shown()).toEqual([["dnssec_use_nsec3", false]]);
      await client.patchZone({ dnssec: { dnssec_presigned: true } });
      await dnssec(client, { dnssec_presigned: false });
      expect(await shown()).toEqual([
        ["dnssec_presigned", false],
        ["dnssec_use_nsec3", false],
      ]);
    }),
  );

  test.each([
    ["refuse", 400],
    ["ignore", 200],
  ] as const)("with nullFields %s, a null among them is answered %d", (nullFields, status) =>
    withSimulator({ switches: { nullFields } }, async (client) => {
      await dnssec(client, { dnssec_use_nsec3: true });

      expect(await dnssec(client, { dnssec_presigned: true, dnssec_use_nsec3: null })).toMatchObject({
        status,
      });
      expect((await client.cloudflare("GET", `${client.zone}/dnssec`)).body).toMatchObject({
        result: { dnssec_presigned: status === 200, dnssec_use_nsec3: true },
      });
    })(),
  );

  test.each([
    ["follows-ds", "active"],
    ["stays-pending", "pending"],
  ] as const)(
    "a presigned zone with a DS at the parent, when its status %s, is %s",
    (presignedStatus, status) =>
      withSimulator({ switches: { presignedStatus } }, async (client) => {
        await client.patchZone({ dsAtParent: true });

        expect((await dnssec(client, { status: "active", dnssec_presigned: true })).body).toMatchObject({
          result: { status },
        });
      })(),
  );

  test.each([
    ["accept", 200],
    ["refuse", 400],
  ] as const)("presigned with multi-signer: %s", (presignedWithMultiSigner, status) =>
    withSimulator({ switches: { presignedWithMultiSigner } }, async (client) => {
      expect(await dnssec(client, { dnssec_presigned: true, dnssec_multi_signer: true })).toMatchObject({
        status,
      });
    })(),
  );
});

describe("the body of PATCH dnssec", () => {
  test.each([
    ["a null", { dnssec_presigned: null }, "/dnssec_presigned"],
    ["a string for a boolean", { dnssec_use_nsec3: "true" }, "/dnssec_use_nsec3"],
    ["a status that only the server sets", { status: "pending" }, "/status"],
    ["an unknown field", { algorithm: "13" }, "/algorithm"],
    ["a list", [], ""],
    ["nothing", undefined, ""],
  ])("is refused for %s", (_what, body, pointer) =>
    withSimulator({}, async (client) => {
      expect(await client.cloudflare("PATCH", `${client.zone}/dnssec`, body)).toMatchObject({
        status: 400,
        body: {
          success: false,
          errors: [
            { code: 1003, message: expect.stringContaining("Malformed request body"), source: { pointer } },
          ],
        },
      });
    })(),
  );

  test(
    "that is not JSON is refused",
    withSimulator({}, async (client) => {
      expect(await client.cloudflare("PATCH", `${client.zone}/dnssec`, "{")).toMatchObject({
        status: 400,
        body: { errors: [{ code: 6007 }] },
      });
    }),
  );

  test(
    "all that is wrong with it is told at once",
    withSimulator({}, async (client) => {
      const { body } = await client.cloudflare("PATCH", `${client.zone}/dnssec`, { status: 1, force: true });

      expect(body).toMatchObject({
        errors: [{ source: { pointer: "/status" } }, { source: { pointer: "/force" } }],
      });
    }),
  );
});
