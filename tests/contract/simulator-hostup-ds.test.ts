import { publishedDs } from "../../simulator/hostup/published-ds";
import type { State } from "../../simulator/state";
import { type Reply, type SimulatorClient, withSimulator } from "../support/simulator-client";

const DIGEST = "5A".repeat(32);
const BODY = { type: "DS", keyTag: "2371", algorithm: "13", digestType: "2", digest: DIGEST };
const { type: _, ...CONTENT } = BODY;
const RDATA = `2371 13 2 ${DIGEST}`;

const list = (client: SimulatorClient) => client.hostup("GET", `${client.domain}/dnssec`);
const add = (client: SimulatorClient, body: unknown = BODY) =>
  client.hostup("POST", `${client.domain}/dnssec`, body);
const remove = (client: SimulatorClient, id: string) =>
  client.hostup("DELETE", `${client.domain}/dnssec/${id}`);

/** A record that stands there by the state alone. */
const standing = (client: SimulatorClient, id = "dsr_a", ds = RDATA) =>
  client.patchDomain({ dsRecords: { [id]: { ds } } });

const published = async (client: SimulatorClient): Promise<string[]> => {
  const { domains }: State = JSON.parse(JSON.stringify((await client.control("GET", "/state")).body));
  const domain = domains[client.domainId];
  return domain ? publishedDs(domain) : [];
};

const refusal = (status: number, code: string, pointer?: string) => ({
  status,
  body: { status, code, ...(pointer === undefined ? {} : { errors: [{ pointer }] }) },
});

describe("the DS records of a domain at HostUp", () => {
  test(
    "are shown as texts, with what the registry takes and whether one may be added",
    withSimulator({}, async (client) => {
      await standing(client);
      expect(await list(client)).toMatchObject({ status: 200 });
      expect((await list(client)).body).toEqual({
        domainName: "zone-0000.se",
        recordType: "DS",
        dsRecords: [{ id: "dsr_a", ...CONTENT }],
        keyRecords: [],
        allowedAlgorithms: expect.arrayContaining(["13", "15"]),
        allowedDigestTypes: ["1", "2", "4"],
        actions: { canAdd: { allowed: true, reason: null } },
      });
    }),
  );

  test(
    "are added one by one, published, and deleted by their id",
    withSimulator({}, async (client) => {
      expect(await add(client)).toMatchObject({ status: 201, body: CONTENT });
      await add(client, { ...BODY, keyTag: "1" });
      expect(await published(client)).toEqual([RDATA, `1 13 2 ${DIGEST}`]);

      const [first] = recordsOf(await list(client));
      expect(await remove(client, first?.id ?? "")).toMatchObject({ status: 204, body: undefined });
      expect(await published(client)).toEqual([`1 13 2 ${DIGEST}`]);
      expect(await remove(client, first?.id ?? "")).toMatchObject(refusal(404, "not_found"));
    }),
  );

  test.each<[what: string, body: unknown, pointer: string]>([
    ["a number that is not a text", { ...BODY, keyTag: 2371 }, "/keyTag"],
    ["a key tag that is too great", { ...BODY, keyTag: "65536" }, "/keyTag"],
    ["an algorithm that it does not know", { ...BODY, algorithm: "200" }, "/algorithm"],
    ["a digest type that it does not know", { ...BODY, digestType: "3" }, "/digestType"],
    ["a digest of another type's length", { ...BODY, digestType: "4" }, "/digest"],
    ["a digest that is not hexadecimal", { ...BODY, digest: "zz".repeat(32) }, "/digest"],
    ["a field in snake case", { ...BODY, key_tag: "2371" }, "/key_tag"],
    ["another type", { ...BODY, type: "KEY" }, "/type"],
    ["no body", undefined, ""],
  ])("are not added from %s", (_what, body, pointer) =>
    withSimulator({}, async (client) => {
      expect(await client.hostup("POST", `${client.domain}/dnssec`, body)).toMatchObject(
        refusal(400, "invalid_request", pointer),
      );
      expect(await published(client)).toEqual([]);
    })(),
  );

  test(
    "of an unknown domain are not found",
    withSimulator({}, async (client) => {
      for (const [method, path] of [
        ["GET", "/domains/dom_0/dnssec"],
        ["POST", "/domains/dom_0/dnssec"],
        ["DELETE", "/domains/dom_0/dnssec/dsr_a"],
      ] as const) {
        expect(await client.hostup(method, path, method === "POST" ? BODY : undefined)).toMatchObject(
          refusal(404, "not_found"),
        );
      }
    }),
  );

  test(
    "are neither added nor deleted by a key that may only read",
    withSimulator({}, async (client) => {
      await standing(client);
      await client.patch({
        tokens: { hostup: { [client.simulator.hostupToken]: { scopes: ["read:domains"] } } },
      });
      expect(await add(client)).toMatchObject(refusal(403, "forbidden"));
      // Before the body is looked at.
      expect(await add(client, {})).toMatchObject(refusal(403, "forbidden"));
      expect(await remove(client, "dsr_a")).toMatchObject(refusal(403, "forbidden"));
      expect(await published(client)).toEqual([RDATA]);
    }),
  );

  test(
    "are not added while the gate is closed, for the reason that it shows",
    withSimulator({}, async (client) => {
      const dsGate = { reason: "A transfer is in progress.", code: "transfer_in_progress" };
      await client.patchDomain({ dsGate });
      expect(gateIn(await list(client))).toEqual({ allowed: false, ...dsGate });
      const refused = await add(client);
      expect(refused).toMatchObject(refusal(409, "domain_conflict"));
      expect(refused.body).toMatchObject({ detail: dsGate.reason });
    }),
  );

  test(
    "are none for a registry that takes keys",
    withSimulator({}, async (client) => {
      await client.patchDomain({ recordType: "KEY" });
      expect((await list(client)).body).toMatchObject({ recordType: "KEY", dsRecords: [], keyRecords: [] });
      expect(await add(client)).toMatchObject(refusal(400, "invalid_request", "/type"));
    }),
  );

  test(
    "of automatic DNSSEC are published when it becomes active",
    withSimulator({ switches: { hostupPendingReads: 0 } }, async (client) => {
      await client.hostup("POST", `${client.domain}/dnssec-auto`, { action: "include" });
      expect(await published(client)).toEqual([]);
      await client.hostup("GET", `${client.domain}/dnssec-auto`);
      expect(await published(client)).toEqual([expect.stringMatching(/^2371 13 2 [0-9A-F]{64}$/)]);
    }),
  );
});

describe("as a switch says,", () => {
  test.each([
    ["keeps", 1],
    ["drops", 0],
  ] as const)("exclude %s the DS that the automation published, and no other", (hostupExcludedDs, left) =>
    withSimulator({ switches: { hostupExcludedDs } }, async (client) => {
      await client.patchDomain({ dnssecAuto: { status: "active" } });
      await standing(client);
      await client.hostup("POST", `${client.domain}/dnssec-auto`, { action: "exclude" });
      expect(await published(client)).toHaveLength(left + 1);
      expect(await published(client)).toContain(RDATA);
    })(),
  );

  test.each([true, false])("the DS of the automation is listed and can be deleted: %s", (is) =>
    withSimulator({ switches: { hostupListsAutomaticDs: is } }, async (client) => {
      await client.patchDomain({ dsRecords: { dsr_a: { ds: RDATA, addedBy: "automation" } } });
      expect(recordsOf(await list(client))).toHaveLength(is ? 1 : 0);
      expect((await remove(client, "dsr_a")).status).toBe(is ? 204 : 404);
    })(),
  );

  test.each([true, false])("the domain's name is in the list: %s", (is) =>
    withSimulator({ switches: { hostupDnssecHasName: is } }, async (client) => {
      const name = "zone-0000.se";
      expect((await list(client)).body).toMatchObject({ domainName: is ? name : null });
    })(),
  );

  test.each([0, 2])("a new record has no id in the first %d lists", (hostupDsWithoutId) =>
    withSimulator({ switches: { hostupDsWithoutId } }, async (client) => {
      await add(client);
      for (let lists = 0; lists < hostupDsWithoutId; lists += 1) {
        expect(recordsOf(await list(client))).toEqual([{ id: null, ...CONTENT }]);
      }
      expect(recordsOf(await list(client))).toEqual([
        { id: expect.stringMatching(/^dsr_[0-9a-z]{26}$/), ...CONTENT },
      ]);
    })(),
  );

  test.each([
    ["upper", DIGEST],
    ["lower", DIGEST.toLowerCase()],
  ] as const)("digests come back in %s case, whichever they were given in", (hostupDigestCase, digest) =>
    withSimulator({ switches: { hostupDigestCase } }, async (client) => {
      await add(client, { ...BODY, digest: "5a".repeat(32) });
      expect(recordsOf(await list(client))).toMatchObject([{ digest }]);
    })(),
  );

  test.each([
    ["allowed", ["allowedAlgorithms", "allowedDigestTypes"]],
    ["plain", ["algorithms", "digestTypes"]],
  ] as const)("the lists of what is taken have names that are %s", (hostupDnssecEnums, names) =>
    withSimulator({ switches: { hostupDnssecEnums } }, async (client) => {
      const { body } = await list(client);
      for (const name of names) expect(body).toHaveProperty(name);
    })(),
  );

  test.each([
    [201, "with-id", { id: expect.stringMatching(/^dsr_/), ...CONTENT }],
    [200, "without-id", CONTENT],
    [201, "no-body", undefined],
  ] as const)("a new record is answered with %d %s", (hostupDsCreateStatus, hostupDsCreateAnswer, body) =>
    withSimulator({ switches: { hostupDsCreateStatus, hostupDsCreateAnswer } }, async (client) => {
      const added = await add(client);
      expect(added.status).toBe(hostupDsCreateStatus);
      expect(added.body).toEqual(body);
    })(),
  );

  test.each([
    ["refuse", 409, 1],
    ["second-row", 201, 2],
  ] as const)("a second record of one content is a case for %s", (hostupDsDuplicate, status, rows) =>
    withSimulator({ switches: { hostupDsDuplicate } }, async (client) => {
      await add(client);
      expect((await add(client, { ...BODY, digest: DIGEST.toLowerCase() })).status).toBe(status);
      expect(recordsOf(await list(client))).toHaveLength(rows);
      expect(await published(client)).toEqual([RDATA]);
    })(),
  );

  test.each([
    [204, undefined],
    [200, { deleted: true }],
  ] as const)("a deletion is answered with %d", (hostupDsDeleteStatus, body) =>
    withSimulator({ switches: { hostupDsDeleteStatus } }, async (client) => {
      await standing(client);
      const removed = await remove(client, "dsr_a");
      expect(removed.status).toBe(hostupDsDeleteStatus);
      expect(removed.body).toEqual(body);
    })(),
  );

  test.each(["closed-gate", "error"] as const)(
    "a registry without DNSSEC is told by %s",
    (hostupUnsupportedRegistry) =>
      withSimulator({ switches: { hostupUnsupportedRegistry } }, async (client) => {
        await client.patchDomain({ recordType: "none" });
        const shown = await list(client);
        if (hostupUnsupportedRegistry === "error") {
          expect(shown).toMatchObject(refusal(400, "domain_not_eligible"));
        } else {
          expect(shown).toMatchObject({ status: 200, body: { recordType: "DS", dsRecords: [] } });
          expect(gateIn(shown)).toMatchObject({ allowed: false, reason: expect.any(String) });
        }
        expect(await add(client)).toMatchObject(refusal(400, "domain_not_eligible"));
      })(),
  );

  test.each([
    ["explained", { allowed: false, reason: expect.any(String), code: expect.any(String) }],
    ["unexplained", { allowed: false, reason: null }],
  ] as const)("the gate of a key that may only read is %s", (hostupReadOnlyGate, gate) =>
    withSimulator({ switches: { hostupReadOnlyGate } }, async (client) => {
      await client.patch({
        tokens: { hostup: { [client.simulator.hostupToken]: { scopes: ["read:domains"] } } },
      });
      expect(gateIn(await list(client))).toEqual(gate);
    })(),
  );
});

describe("the parent of the zone that has the domain's name", () => {
  const parentDs = async (client: SimulatorClient): Promise<string[]> => {
    const { zones }: State = JSON.parse(JSON.stringify((await client.control("GET", "/state")).body));
    return zones[client.zoneId]?.parent.ds ?? [];
  };
  const namesakes = (client: SimulatorClient) => client.patchDomain({ name: "Zone-0000.example" });

  test(
    "publishes what HostUp has, added, deleted or changed in a console",
    withSimulator({}, async (client) => {
      await namesakes(client);
      await add(client);
      expect(await parentDs(client)).toEqual([RDATA]);
      await remove(client, recordsOf(await list(client))[0]?.id ?? "");
      expect(await parentDs(client)).toEqual([]);
      await standing(client);
      expect(await parentDs(client)).toEqual([RDATA]);
    }),
  );

  test(
    "has what a test puts there, where the registry takes its time",
    withSimulator({ switches: { hostupDsAtParent: "by-hand" } }, async (client) => {
      await namesakes(client);
      await add(client);
      await standing(client);
      expect(await published(client)).toEqual([RDATA]);
      expect(await parentDs(client)).toEqual([]);
      await client.patchZone({ parent: { ds: [RDATA] } });
      await remove(client, recordsOf(await list(client))[0]?.id ?? "");
      expect(await parentDs(client)).toEqual([RDATA]);
    }),
  );

  test(
    "publishes what the automation does",
    withSimulator({ switches: { hostupPendingReads: 0, hostupExcludedDs: "drops" } }, async (client) => {
      await client.patchDomain({ name: "zone-0000.se" });
      await client.patchZone({ name: "zone-0000.se" });
      await client.hostup("POST", `${client.domain}/dnssec-auto`, { action: "include" });
      await client.hostup("GET", `${client.domain}/dnssec-auto`);
      expect(await parentDs(client)).toEqual(await published(client));
      expect(await parentDs(client)).toHaveLength(1);
      await client.hostup("POST", `${client.domain}/dnssec-auto`, { action: "exclude" });
      expect(await parentDs(client)).toEqual([]);
    }),
  );

  test(
    "takes the DS of a domain that comes to have its name",
    withSimulator({}, async (client) => {
      await standing(client);
      expect(await parentDs(client)).toEqual([]);
      await namesakes(client);
      expect(await parentDs(client)).toEqual([RDATA]);
    }),
  );

  test(
    "goes its own way until HostUp says something new, as a registry that reads CDS does",
    withSimulator({}, async (client) => {
      const byCds = `1 13 2 ${DIGEST}`;
      await namesakes(client);
      await client.patchZone({ parent: { ds: [byCds] } });
      await client.patchDomain({ dsGate: { reason: "Locked.", code: "locked" } });
      expect(await parentDs(client)).toEqual([byCds]);
      await standing(client);
      expect(await parentDs(client)).toEqual([RDATA]);
    }),
  );

  test(
    "makes Cloudflare's DNSSEC active when the DS is that of its key",
    withSimulator({}, async (client) => {
      await namesakes(client);
      await client.cloudflare("PATCH", `${client.zone}/dnssec`, { status: "active" });
      const { body } = await client.cloudflare("GET", `${client.zone}/dnssec`);
      const { result }: { result: Record<string, unknown> } = JSON.parse(JSON.stringify(body));
      await add(client, {
        type: "DS",
        keyTag: String(result.key_tag),
        algorithm: String(result.algorithm),
        digestType: String(result.digest_type),
        digest: result.digest,
      });
      expect((await client.cloudflare("GET", `${client.zone}/dnssec`)).body).toMatchObject({
        result: { status: "active" },
      });
    }),
  );
});

describe("the name servers of a domain at HostUp", () => {
  test.each([
    ["active", true],
    ["excluded", false],
  ] as const)("are shown; a change of them pauses automatic DNSSEC that is %s: %s", (status, blocks) =>
    withSimulator({}, async (client) => {
      await client.patchDomain({ dnssecAuto: { status } });
      expect(await client.hostup("GET", `${client.domain}/nameservers`)).toMatchObject({
        status: 200,
        body: {
          nameservers: ["primary.ns.hostup.se", "secondary.ns.hostup.se"],
          registrarLock: { enabled: false, requiresRegistryUnlockFlow: false, unlockAction: null },
          actions: { canChangeNameservers: { allowed: true, reason: null } },
          dnssecAutoWillBeBlocked: blocks,
        },
      });
    })(),
  );
});

describe("a patch of the state", () => {
  test.each<[what: string, domain: object, complaint: string]>([
    ["a record whose text is no DS", { dsRecords: { dsr_a: { ds: "DS 1 13 2 AB" } } }, "dsRecords.dsr_a.ds"],
    ["a record under an id of another kind", { dsRecords: { drr_a: { ds: RDATA } } }, "dsRecords.drr_a"],
    ["a registry of no kind", { recordType: "CDS" }, "recordType"],
  ])("is refused for %s", (_what, domain, complaint) =>
    withSimulator({}, async (client) => {
      const { status, body } = await client.control("PATCH", "/state", {
        domains: { [client.domainId]: domain },
      });
      expect(status).toBe(400);
      expect(JSON.stringify(body)).toContain(complaint);
    })(),
  );
});

function recordsOf({ body }: Reply): { id: string | null }[] {
  return JSON.parse(JSON.stringify(body)).dsRecords;
}

function gateIn({ body }: Reply): unknown {
  return JSON.parse(JSON.stringify(body)).actions.canAdd;
}
