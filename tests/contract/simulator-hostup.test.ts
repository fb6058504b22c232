import { once } from "node:events";
import { request } from "node:http";
import { createClock, type SimulatorClient, withSimulator } from "../support/simulator-client";

const problem = (status: number, code: string) => ({
  status,
  body: {
    type: `https://developer.hostup.se/errors/${code}`,
    status,
    code,
    requestId: expect.stringMatching(/^req_[0-9a-z]{26}$/),
    timestamp: expect.stringMatching(/Z$/),
  },
});

const auto = (client: SimulatorClient) => client.hostup("GET", `${client.domain}/dnssec-auto`);
const toggle = (client: SimulatorClient, action: string) =>
  client.hostup("POST", `${client.domain}/dnssec-auto`, { action });

describe("automatic DNSSEC at HostUp", () => {
  test(
    "is shown in ten keys, the empty ones null",
    withSimulator({}, async (client) => {
      expect(await auto(client)).toMatchObject({ status: 200 });
      expect((await auto(client)).body).toEqual({
        domainName: "zone-0000.se",
        status: "excluded",
        reason: "The domain is opted out of automatic DNSSEC.",
        isEnabled: false,
        isBlocked: false,
        blockedUntil: null,
        blockReason: null,
        lastCheckedAt: null,
        lastError: null,
        nameserversChangedAt: null,
      });
    }),
  );

  test.each([0, 2])("is pending after include, for %d reads, then active", (hostupPendingReads) =>
    withSimulator({ switches: { hostupPendingReads } }, async (client) => {
      expect(await toggle(client, "include")).toMatchObject({
        status: 200,
        body: { status: "pending", isEnabled: true },
      });
      for (let reads = 0; reads < hostupPendingReads; reads += 1) {
        expect((await auto(client)).body).toMatchObject({ status: "pending" });
      }
      expect((await auto(client)).body).toMatchObject({
        status: "active",
        reason: null,
        lastCheckedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      });
    })(),
  );

  test(
    "is set, not toggled: the same action again changes nothing",
    withSimulator({ switches: { hostupPendingReads: 0 } }, async (client) => {
      await toggle(client, "include");
      await auto(client);

      expect((await toggle(client, "include")).body).toMatchObject({ status: "active" });
      expect((await toggle(client, "exclude")).body).toMatchObject({ status: "excluded" });
      expect((await toggle(client, "exclude")).body).toMatchObject({ status: "excluded", isEnabled: false });
    }),
  );

  test("is blocked inside the cooldown, and pending after it", () => {
    const clock = createClock();
    const until = new Date(clock.now() + 72 * 3_600_000).toISOString();
    return withSimulator({ now: clock.now }, async (client) => {
      await client.patchDomain({ dnssecAuto: { blockedUntil: until } });
      expect((await auto(client)).body).toMatchObject({ status: "excluded", isBlocked: false });

      expect((await toggle(client, "include")).body).toMatchObject({
        status: "blocked",
        isEnabled: true,
        isBlocked: true,
        blockedUntil: until,
        blockReason: expect.any(String),
      });
      clock.advance(72 * 3600 + 1);
      expect((await auto(client)).body).toMatchObject({
        status: "pending",
        isBlocked: false,
        blockedUntil: null,
        blockReason: null,
      });
    })();
  });

  test.each(["excluded", "stays-blocked"] as const)(
    "excluded inside the cooldown: %s, as the switch says",
    (answer) => {
      const blockedUntil = "2999-01-01T00:00:00.000Z";
      return withSimulator({ switches: { hostupExcludeWhileBlocked: answer } }, async (client) => {
        await client.patchDomain({ dnssecAuto: { status: "blocked", blockedUntil } });
        const status = answer === "excluded" ? "excluded" : "blocked";
        expect((await toggle(client, "exclude")).body).toMatchObject({
          status,
          isEnabled: status === "blocked",
        });
      })();
    },
  );

  test.each([
    ["foreign nameservers", { nameservers: ["ns0001.secondary.cloudflare.com"] }],
    ["an unsupported registry", { name: "zone-0000.example" }],
  ])("is inactive with %s", (_what, domain) =>
    withSimulator({}, async (client) => {
      await client.patchDomain(domain);

      expect((await toggle(client, "include")).body).toMatchObject({ status: "inactive", isEnabled: true });
    })(),
  );

  test(
    "leaves the error state by include",
    withSimulator({}, async (client) => {
      await client.patchDomain({ dnssecAuto: { status: "error", reason: "Failed.", lastError: "SERVFAIL" } });
      expect((await auto(client)).body).toMatchObject({
        status: "error",
        reason: "Failed.",
        isEnabled: true,
      });

      expect((await toggle(client, "include")).body).toMatchObject({ status: "pending" });
    }),
  );

  test.each([
    ["an unknown key", { action: "include", force: true }, "/force", "invalid_request"],
    ["an unknown action", { action: "enable" }, "/action", "invalid_request"],
    ["no action", {}, "/action", "missing_required"],
    ["no body", undefined, "", "missing_required"],
    ["no JSON", "action=include", "", "invalid_request"],
  ])("refuses %s", (_what, body, pointer, code) =>
    withSimulator({}, async (client) => {
      const refusal = await client.hostup("POST", `${client.domain}/dnssec-auto`, body);

      expect(refusal).toMatchObject(problem(400, "invalid_request"));
      expect(refusal.headers.get("content-type")).toBe("application/problem+json");
      expect(refusal.body).toMatchObject({
        title: "Validation failed",
        instance: `/api/v2${client.domain}/dnssec-auto`,
        errors: [{ pointer, code, detail: expect.any(String) }],
      });
      expect((await auto(client)).body).toMatchObject({ status: "excluded" });
    })(),
  );
});

describe("HostUp credentials", () => {
  test.each<[string, Record<string, string>]>([
    ["nothing", {}],
    ["an unknown token", { authorization: "Bearer constructor" }],
    ["another scheme", { authorization: "Basic abc" }],
  ])("are refused: %s", (_what, headers) =>
    withSimulator({}, async (client) => {
      expect(await client.hostup("GET", client.domain, undefined, headers)).toMatchObject(
        problem(401, "unauthorized"),
      );
    })(),
  );

  test.each([
    [["read:domains"], [200, 403]],
    [["write:domains"], [403, 200]],
    [[], [403, 403]],
  ])("with scopes %j", (scopes, statuses) =>
    withSimulator({}, async (client) => {
      await client.patch({ tokens: { hostup: { [client.simulator.hostupToken]: { scopes } } } });
      const replies = [await auto(client), await toggle(client, "exclude")];

      expect(replies.map(({ status }) => status)).toEqual(statuses);
      for (const reply of replies.filter(({ status }) => status === 403)) {
        expect(reply).toMatchObject(problem(403, "forbidden"));
      }
    })(),
  );

  test.each([
    [true, 403],
    [false, 200],
  ])("without a User-Agent, when that is refused: %s", (hostupRefusesMissingUserAgent, expected) =>
    withSimulator({ switches: { hostupRefusesMissingUserAgent } }, async ({ simulator }) => {
      // fetch always sends a User-Agent; node:http sends what it is told.
      const sent = request(`${simulator.hostup}/domains`, {
        headers: { authorization: `Bearer ${simulator.hostupToken}` },
      }).end();
      const [response] = await once(sent, "response");
      response.resume();

      expect(response.statusCode).toBe(expected);
    })(),
  );
});

describe("HostUp problem documents", () => {
  test(
    "may be served as plain JSON",
    withSimulator({ switches: { hostupProblemContentType: "application/json" } }, async (client) => {
      const { headers } = await client.hostup("GET", "/domains/dom_0");

      expect(headers.get("content-type")).toBe("application/json");
      expect(headers.get("x-request-id")).toBeNull();
    }),
  );
});

describe("HostUp domains", () => {
  test.each([
    ["?name=zone-0001.se", ["zone-0001.se"]],
    ["?name=zone-0001", []],
    ["?name=ZONE-0001.SE", []],
    ["", ["zone-0000.se", "zone-0001.se", "zone-0002.se"]],
  ])("are listed by %s", (query, names) =>
    withSimulator({}, async (client) => {
      expect(await client.hostup("GET", `/domains${query}`)).toMatchObject({
        status: 200,
        body: { data: names.map((name) => ({ name })), hasMore: false, nextCursor: null },
      });
    })(),
  );

  test.each([
    ["ascii", "xn--rksmrgs-5wao1o.se", "räksmörgås.se"],
    ["unicode", "räksmörgås.se", "xn--rksmrgs-5wao1o.se"],
  ] as const)("of international names are shown and found in one form alone (%s)", (form, shown, other) =>
    withSimulator({ switches: { hostupDomainNames: form } }, async (client) => {
      await client.patchDomain({ name: "xn--rksmrgs-5wao1o.se" });
      const named = (name: string) => client.hostup("GET", `/domains?name=${encodeURIComponent(name)}`);
      expect((await named(shown)).body).toMatchObject({ data: [{ id: client.domainId, name: shown }] });
      expect((await named(other)).body).toMatchObject({ data: [] });
      expect((await client.hostup("GET", client.domain)).body).toMatchObject({ name: shown });
      expect((await auto(client)).body).toMatchObject({ domainName: shown });
      expect((await toggle(client, "include")).body).toMatchObject({ domainName: shown });
    })(),
  );

  test(
    "are paged by an opaque cursor",
    withSimulator({ zones: 3 }, async (client) => {
      const first = await client.hostup("GET", "/domains?limit=2");
      expect(first.body).toMatchObject({ hasMore: true, nextCursor: expect.any(String) });
      const cursor = /"nextCursor":"([^"]+)"/.exec(JSON.stringify(first.body))?.[1];

      expect((await client.hostup("GET", `/domains?limit=2&cursor=${cursor}`)).body).toMatchObject({
        data: [{ name: "zone-0002.se" }],
        hasMore: false,
        nextCursor: null,
      });
    }),
  );

  test.each(["0", "1001", "all"])("are not listed with limit %s", (limit) =>
    withSimulator({}, async (client) => {
      const refusal = await client.hostup("GET", `/domains?limit=${limit}`);

      expect(refusal).toMatchObject(problem(400, "invalid_request"));
      expect(refusal.body).toMatchObject({ errors: [{ pointer: "/limit" }] });
    })(),
  );

  test(
    "are not listed from an unknown cursor",
    withSimulator({}, async (client) => {
      expect(await client.hostup("GET", "/domains?cursor=abc")).toMatchObject(problem(400, "invalid_cursor"));
    }),
  );

  test(
    "are shown with their nameservers",
    withSimulator({}, async (client) => {
      expect(await client.hostup("GET", client.domain)).toMatchObject({
        status: 200,
        body: {
          id: client.domainId,
          name: "zone-0000.se",
          nameservers: ["primary.ns.hostup.se", "secondary.ns.hostup.se"],
        },
      });
    }),
  );

  test.each(["/domains/dom_0", "/domains/zone-0000.se", "/domains/dom_0/dnssec-auto", "/no/such/path"])(
    "GET %s is not found",
    (path) =>
      withSimulator({}, async (client) => {
        expect(await client.hostup("GET", path)).toMatchObject(problem(404, "not_found"));
      })(),
  );
});
