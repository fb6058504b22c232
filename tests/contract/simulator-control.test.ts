import { startSimulator } from "../../simulator";
import { withSimulator } from "../support/simulator-client";

const KEY = { name: "key.example.", algo: "hmac-sha512.", secret: "c2VjcmV0" };

describe("the control plane", () => {
  test("shows at its root what the simulator said at the start", async () => {
    const { close, ...address } = await startSimulator();
    const shown = await (await fetch(address.control)).json();
    await close();

    expect(shown).toEqual(address);
  });

  test(
    "shows the requests to the two APIs, without query, headers and bodies, and forgets them",
    withSimulator({}, async (client) => {
      await client.cloudflare("POST", client.tsigs, KEY);
      await client.hostup("GET", "/domains?name=hidden.se");
      await fetch(client.simulator.control.replace("_control", "elsewhere"));
      const { body } = await client.control("GET", "/requests");

      expect(body).toEqual([
        { method: "POST", path: `/client/v4${client.tsigs}`, status: 200, milliseconds: expect.any(Number) },
        { method: "GET", path: "/api/v2/domains", status: 200, milliseconds: expect.any(Number) },
        { method: "GET", path: "/elsewhere", status: 404, milliseconds: expect.any(Number) },
      ]);
      expect(await client.control("DELETE", "/requests")).toMatchObject({ status: 204, body: undefined });
      expect((await client.control("GET", "/requests")).body).toEqual([]);
    }),
  );

  test(
    "answers 404 for what it does not have",
    withSimulator({}, async (client) => {
      expect(await client.control("PUT", "/state", {})).toMatchObject({
        status: 404,
        body: { error: "no control endpoint PUT /state" },
      });
    }),
  );
});

describe("the state", () => {
  test(
    "is shown as a whole",
    withSimulator({ zones: 1 }, async (client) => {
      const { accountId, cloudflareToken, cloudflareEmail, cloudflareApiKey, hostupToken } = client.simulator;

      expect((await client.control("GET", "/state")).body).toEqual({
        accounts: { [accountId]: { id: accountId, name: "Simulated account" } },
        zones: {
          [client.zoneId]: {
            id: client.zoneId,
            name: "zone-0000.example",
            type: "secondary",
            status: "active",
            plan: "enterprise",
            paused: false,
            vanityNameServers: [],
            activationCheckedAt: null,
            accountId,
            dsAtParent: false,
            parent: {
              ds: [],
              ttl: 3600,
              nameServers: ["ns0001.secondary.cloudflare.com", "ns0002.secondary.cloudflare.com"],
              reachable: true,
            },
            dnssec: {
              status: "disabled",
              modified_on: null,
              dnssec_presigned: false,
              dnssec_use_nsec3: false,
              dnssec_multi_signer: false,
            },
            dnssecFlagsSet: [],
            incoming: null,
            transfer: {
              lastError: null,
              at: null,
              trigger: null,
              serial: null,
              records: null,
              from: null,
              tsigKey: null,
              succeeded: 0,
              failed: 0,
              refreshAt: null,
            },
          },
        },
        tsigs: {},
        peers: {},
        acls: {},
        domains: {
          [client.domainId]: {
            id: client.domainId,
            name: "zone-0000.se",
            nameservers: ["primary.ns.hostup.se", "secondary.ns.hostup.se"],
            recordType: "DS",
            dsGate: null,
            dsRecords: {},
            readsWhilePending: 0,
            dnssecAuto: expect.objectContaining({ status: "excluded", isEnabled: false }),
          },
        },
        tokens: {
          cloudflare: {
            [cloudflareToken]: { permissions: ["Zone Read", "DNS Write", "Account Settings Write"] },
          },
          cloudflareKeys: { [cloudflareEmail]: { apiKey: cloudflareApiKey } },
          hostup: { [hostupToken]: { scopes: ["read:domains", "write:domains"] } },
        },
        rateLimits: {
          cloudflare: { requests: 1200, seconds: 300 },
          hostup: { requests: 1200, seconds: 300 },
        },
        latencyMs: 0,
        switches: {
          tsigNames: "append-dot",
          tsigAlgorithmDots: "append-dot",
          tsigAlgorithms: "rfc8945",
          tsigSecrets: "any",
          peerCreateFields: "refuse",
          peerOmittedKeys: "cleared",
          nullFields: "refuse",
          unsetPeerFields: "empty",
          deleteTsigInUse: "refuse",
          deletePeerInUse: "refuse",
          incomingNames: "store-as-given",
          incomingTwice: "refuse",
          incomingUnchecked: "empty",
          transferWhenLinked: false,
          forcedTransferOfSameSerial: "transfer",
          redundantDnssecCalls: "refuse",
          dnssecWithoutStatus: "accept",
          unsetDnssecFlags: "false",
          dnssecFlagsCleared: "never",
          presignedStatus: "follows-ds",
          presignedWithMultiSigner: "accept",
          zoneNames: "ascii",
          secondaryZoneSignup: "allow",
          missingZone: "no-route",
          hostupPendingReads: 2,
          hostupExcludeWhileBlocked: "excluded",
          hostupDomainNames: "ascii",
          hostupRefusesMissingUserAgent: true,
          hostupProblemContentType: "application/problem+json",
          hostupExcludedDs: "keeps",
          hostupListsAutomaticDs: true,
          hostupDnssecHasName: true,
          hostupDsWithoutId: 0,
          hostupDigestCase: "upper",
          hostupDnssecEnums: "allowed",
          hostupDsCreateStatus: 201,
          hostupDsCreateAnswer: "without-id",
          hostupDsDuplicate: "refuse",
          hostupDsDeleteStatus: 204,
          hostupDsAtParent: "at-once",
          hostupUnsupportedRegistry: "closed-gate",
          hostupReadOnlyGate: "explained",
        },
      });
    }),
  );

  test(
    "given back as it was shown is accepted",
    withSimulator({}, async (client) => {
      await client.cloudflare("POST", client.tsigs, KEY);
      await client.cloudflare("PATCH", `${client.zone}/dnssec`, { status: "active" });
      const { body } = await client.control("GET", "/state");

      expect(await client.control("PATCH", "/state", body)).toMatchObject({ status: 200, body });
    }),
  );

  test(
    "is patched: members are added, changed and taken away",
    withSimulator({ zones: 1 }, async (client) => {
      const { accountId } = client.simulator;
      const id = "a".repeat(32);
      await client.patch({
        tsigs: { [id]: { accountId, ...KEY } },
        zones: { [id]: { name: "new.example", accountId } },
        domains: { dom_new: { name: "new.se" } },
      });
      expect((await client.cloudflare("GET", `${client.tsigs}/${id}`)).body).toMatchObject({
        result: { id },
      });
      expect((await client.cloudflare("GET", `/zones/${id}`)).body).toMatchObject({
        result: { name: "new.example", type: "full", status: "active", plan: { legacy_id: "free" } },
      });
      expect(await client.hostup("GET", "/domains/dom_new/dnssec-auto")).toMatchObject({ status: 200 });

      await client.patch({ tsigs: { [id]: { secret: "bmV3" } } });
      expect((await client.cloudflare("GET", `${client.tsigs}/${id}`)).body).toMatchObject({
        result: { name: KEY.name, secret: "bmV3" },
      });

      await client.patch({ tsigs: { [id]: null }, zones: { [id]: null }, domains: { dom_new: null } });
      expect(await client.cloudflare("GET", `${client.tsigs}/${id}`)).toMatchObject({ status: 404 });
      expect(await client.cloudflare("GET", `/zones/${id}/dnssec`)).toMatchObject({ status: 404 });
      expect(await client.hostup("GET", "/domains/dom_new")).toMatchObject({ status: 404 });
    }),
  );

  test(
    "can revoke a token and add another",
    withSimulator({}, async (client) => {
      const { cloudflareToken } = client.simulator;
      await client.patch({
        tokens: { cloudflare: { [cloudflareToken]: null, another: { permissions: ["Zone Read"] } } },
      });

      expect(await client.cloudflare("GET", client.zone)).toMatchObject({ status: 403 });
      const another = { authorization: "Bearer another" };
      expect(await client.cloudflare("GET", client.zone, undefined, another)).toMatchObject({ status: 200 });
    }),
  );

  test(
    "switches can be changed while the simulator runs",
    withSimulator({}, async (client) => {
      await client.patch({ switches: { tsigNames: "require-dot" } });

      expect(await client.cloudflare("POST", client.tsigs, { ...KEY, name: "key.example" })).toMatchObject({
        status: 400,
      });
    }),
  );

  test.each<[string, (ids: { zoneId: string; domainId: string; accountId: string }) => unknown, string]>([
    ["a list", () => [], "the patch must be a JSON object"],
    ["an unknown part", () => ({ records: {} }), "records: unknown key"],
    ["an unknown key", ({ zoneId: z }) => ({ zones: { [z]: { ttl: 5 } } }), "ZONE.ttl: unknown key"],
    ["an unknown value", ({ zoneId: z }) => ({ zones: { [z]: { type: "primary" } } }), "ZONE.type: "],
    ["a wrong type", ({ zoneId: z }) => ({ zones: { [z]: { dsAtParent: "yes" } } }), "ZONE.dsAtParent: "],
    ["no name", ({ zoneId: z }) => ({ zones: { [z]: { name: null } } }), "ZONE.name: "],
    ["another id", ({ zoneId: z }) => ({ zones: { [z]: { id: "b".repeat(32) } } }), "ZONE.id: must equal"],
    [
      "a key that is no id",
      ({ accountId }) => ({ tsigs: { mine: { accountId, ...KEY } } }),
      "tsigs.mine.id: ",
    ],
    [
      "an unknown account",
      ({ zoneId: z }) => ({ zones: { [z]: { accountId: "b".repeat(32) } } }),
      "ZONE.accountId: no such account",
    ],
    [
      "a status that the parent contradicts",
      ({ zoneId: z }) => ({ zones: { [z]: { dnssec: { status: "active" } } } }),
      'ZONE.dnssec.status: cannot be "active", would become "pending"',
    ],
    [
      "a key that the status decides",
      ({ domainId: d }) => ({ domains: { [d]: { dnssecAuto: { isEnabled: true } } } }),
      "DOMAIN.dnssecAuto.isEnabled: cannot be true, would become false",
    ],
    [
      "blocked without a time",
      ({ domainId: d }) => ({ domains: { [d]: { dnssecAuto: { status: "blocked" } } } }),
      'DOMAIN.dnssecAuto.status: cannot be "blocked", would become "pending"',
    ],
    ["an unknown switch", () => ({ switches: { tsigs: 1 } }), "switches.tsigs: unknown key"],
    ["an unknown choice", () => ({ switches: { tsigNames: "dots" } }), "switches.tsigNames: "],
    [
      "an unknown permission",
      () => ({ tokens: { cloudflare: { t: { permissions: ["All"] } } } }),
      "tokens.cl",
    ],
  ])("refuses %s, names the path and stays as it was", (_what, patch, error) =>
    withSimulator({}, async (client) => {
      const before = await client.control("GET", "/state");
      const { zoneId, domainId, simulator } = client;
      const expected = error.replace("ZONE", `zones.${zoneId}`).replace("DOMAIN", `domains.${domainId}`);

      expect(
        await client.control("PATCH", "/state", patch({ zoneId, domainId, accountId: simulator.accountId })),
      ).toMatchObject({ status: 400, body: { error: expect.stringContaining(expected) } });
      expect((await client.control("GET", "/state")).body).toEqual(before.body);
    })(),
  );

  test(
    "refuses what is not JSON",
    withSimulator({}, async (client) => {
      expect(await client.control("PATCH", "/state", "{")).toMatchObject({
        status: 400,
        body: { error: "the body is not JSON" },
      });
    }),
  );
});

describe("startSimulator", () => {
  test("makes the same ids in every run, and fresh tokens unless they are given", async () => {
    const first = await startSimulator();
    const second = await startSimulator({ cloudflareToken: "mine", hostupToken: "theirs" });
    await Promise.all([first.close(), second.close()]);

    expect(second.zones).toEqual(first.zones);
    expect(second.domains).toEqual(first.domains);
    expect(second.accountId).toBe(first.accountId);
    expect(first.zones).toHaveLength(3);
    expect(second).toMatchObject({ cloudflareToken: "mine", hostupToken: "theirs" });
    expect(first.cloudflareApiKey).not.toBe(second.cloudflareApiKey);
  });

  test("makes as many zones and domains as it is told", async () => {
    const simulator = await startSimulator({ zones: 0 });
    await simulator.close();

    expect(simulator).toMatchObject({ zones: [], domains: [] });
  });

  test("closes while a client keeps its connection and a request waits", async () => {
    const simulator = await startSimulator({ latencyMs: 600_000 });
    const waiting = fetch(`${simulator.cloudflare}/zones`);
    await fetch(simulator.control);

    await Promise.all([simulator.close(), expect(waiting).rejects.toThrow("fetch failed")]);
  });

  test("keeps each request for the latency it is given", async () => {
    const lines: string[] = [];
    const simulator = await startSimulator({ latencyMs: 30, log: (line) => lines.push(line) });
    await fetch(`${simulator.cloudflare}/zones`);
    await simulator.close();

    expect(Number(/([\d.]+) ms$/.exec(lines.join())?.[1])).toBeGreaterThanOrEqual(29);
  });

  test("refuses impossible options by their names", async () => {
    await expect(startSimulator({ latencyMs: -1 })).rejects.toThrow(/^simulator options: latencyMs: /);
  });

  test("calls log with a line for each request to an API", async () => {
    const lines: string[] = [];
    const simulator = await startSimulator({ log: (line) => lines.push(line) });
    await fetch(`${simulator.cloudflare}/zones?name=hidden`, {
      headers: { authorization: `Bearer ${simulator.cloudflareToken}` },
    });
    await fetch(`${simulator.control}/state`);
    await simulator.close();

    expect(lines).toEqual([expect.stringMatching(/^GET \/client\/v4\/zones 200 [\d.]+ ms$/)]);
  });
});
