import { withSimulator } from "../support/simulator-client";

const AUTHENTICATION_ERROR = {
  status: 403,
  body: {
    success: false,
    errors: [{ code: 10000, message: "Authentication error" }],
    messages: [],
    result: null,
  },
};

describe("Cloudflare credentials", () => {
  test(
    "are a token, or an e-mail address and its key",
    withSimulator({}, async (client) => {
      const { cloudflareEmail, cloudflareApiKey } = client.simulator;
      const key = { "x-auth-email": cloudflareEmail, "x-auth-key": cloudflareApiKey };

      expect(await client.cloudflare("GET", client.zone)).toMatchObject({ status: 200 });
      expect(await client.cloudflare("GET", client.zone, undefined, key)).toMatchObject({ status: 200 });
    }),
  );

  test.each<[string, Record<string, string>, object]>([
    ["an unknown token", { authorization: "Bearer constructor" }, AUTHENTICATION_ERROR],
    [
      "a wrong key",
      { "x-auth-email": "simulator@example.com", "x-auth-key": "0".repeat(37) },
      AUTHENTICATION_ERROR,
    ],
    [
      "a token in a wrong form",
      { authorization: "Token abc" },
      {
        status: 400,
        body: {
          errors: [
            {
              code: 6003,
              message: "Invalid request headers",
              error_chain: [{ code: 6111, message: "Invalid format for Authorization header" }],
            },
          ],
        },
      },
    ],
    ["a key without its address", { "x-auth-key": "0" }, { status: 400, body: { errors: [{ code: 9106 }] } }],
    ["nothing", {}, { status: 400, body: { errors: [{ code: 9106 }] } }],
  ])("are refused: %s", (_what, headers, expected) =>
    withSimulator({}, async (client) => {
      expect(await client.cloudflare("GET", client.zone, undefined, headers)).toMatchObject(expected);
    })(),
  );

  test.each<[string, readonly string[], readonly [number, number, number, number]]>([
    ["reads only", ["Zone Read", "DNS Read", "Account Settings Read"], [200, 403, 200, 403]],
    ["lacks DNS Write", ["Account Settings Write"], [403, 403, 200, 200]],
    ["lacks Account Settings Write", ["DNS Write"], [200, 200, 403, 403]],
    ["may do nothing", [], [403, 403, 403, 403]],
  ])("a token that %s", (_what, permissions, statuses) =>
    withSimulator({}, async (client) => {
      await client.patch({ tokens: { cloudflare: { [client.simulator.cloudflareToken]: { permissions } } } });
      const tsig = { name: "key.example.", algo: "hmac-sha512.", secret: "c2VjcmV0" };

      const replies = [
        await client.cloudflare("GET", `${client.zone}/dnssec`),
        await client.cloudflare("PATCH", `${client.zone}/dnssec`, { status: "active" }),
        await client.cloudflare("GET", client.tsigs),
        await client.cloudflare("POST", client.tsigs, tsig),
      ];

      expect(replies.map(({ status }) => status)).toEqual(statuses);
      for (const reply of replies.filter(({ status }) => status === 403)) {
        expect(reply).toMatchObject(AUTHENTICATION_ERROR);
      }
    })(),
  );
});

describe("every Cloudflare answer", () => {
  test(
    "carries its request id and what is left of the rate limit",
    withSimulator({}, async (client) => {
      const first = await client.cloudflare("GET", client.zone);
      const second = await client.cloudflare("GET", "/no/such/path");

      for (const { headers } of [first, second]) {
        expect(headers.get("cf-ray")).toMatch(/^[0-9a-f]{16}-[A-Z]{3}$/);
        expect(headers.get("ratelimit-policy")).toBe('"default";q=1200;w=300');
        expect(headers.get("retry-after")).toBeNull();
      }
      expect(first.headers.get("ratelimit")).toBe('"default";r=1199;t=300');
      expect(second.headers.get("cf-ray")).not.toBe(first.headers.get("cf-ray"));
    }),
  );
});

describe("Cloudflare routes", () => {
  test.each([
    ["GET", "/no/such/path"],
    ["PUT", "/zones"],
    ["GET", "/zones//dnssec"],
    ["GET", "/zones/not-an-id/dnssec"],
    ["GET", "/zones/ffffffffffffffffffffffffffffffff"],
    ["GET", "/zones/ffffffffffffffffffffffffffffffff/dnssec"],
    ["GET", "/accounts/not-an-id/secondary_dns/tsigs"],
  ])("%s %s leads nowhere", (method, path) =>
    withSimulator({}, async (client) => {
      expect(await client.cloudflare(method, path)).toMatchObject({
        status: 404,
        body: {
          success: false,
          errors: [
            { code: 7003, message: `Could not route to ${path}, perhaps your object identifier is invalid?` },
            { code: 7000, message: "No route for that URI" },
          ],
        },
      });
    })(),
  );

  test(
    "a missing zone may look forbidden",
    withSimulator({ switches: { missingZone: "forbidden" } }, async (client) => {
      expect(await client.cloudflare("GET", `/zones/${"f".repeat(32)}/dnssec`)).toMatchObject(
        AUTHENTICATION_ERROR,
      );
    }),
  );
});

describe("Cloudflare zones", () => {
  test(
    "are shown with type, plan, status and account",
    withSimulator({}, async (client) => {
      expect((await client.cloudflare("GET", client.zone)).body).toMatchObject({
        result: {
          id: client.zoneId,
          name: "zone-0000.example",
          type: "secondary",
          status: "active",
          plan: { legacy_id: "enterprise" },
          account: { id: client.simulator.accountId },
          owner: { id: client.simulator.accountId, type: "organization" },
          meta: { phishing_detected: false, page_rule_quota: 125 },
          vanity_name_servers: [],
        },
      });
    }),
  );

  test.each([
    ["ascii", "xn--rksmrgs-5wao1o.example", []],
    ["unicode", "räksmörgås.example", ["räksmörgås.example"]],
  ] as const)("with zoneNames %s are shown as %s, and found so", (zoneNames, shown, foundByUnicode) =>
    withSimulator({ zones: 1, switches: { zoneNames } }, async (client) => {
      await client.patchZone({ name: "xn--rksmrgs-5wao1o.example" });
      const names = async (query: string) => {
        const { body } = await client.cloudflare("GET", `/zones?name=${encodeURIComponent(query)}`);
        return (body as { result: { name: string }[] }).result.map(({ name }) => name);
      };

      expect((await client.cloudflare("GET", client.zone)).body).toMatchObject({ result: { name: shown } });
      expect(await names(shown)).toEqual([shown]);
      expect(await names("räksmörgås.example")).toEqual(foundByUnicode);
    })(),
  );

  test.each([
    ["", ["zone-0000.example", "zone-0001.example"], 2],
    ["?name=zone-0001.example", ["zone-0001.example"], 1],
    ["?name=zone-0001", [], 0],
    ["?status=active", ["zone-0000.example", "zone-0001.example"], 2],
    ["?status=pending", [], 0],
    [`?account.id=${"0".repeat(32)}`, [], 0],
    ["?page=2&per_page=5", [], 2],
  ])("are listed by %s", (query, names, total) =>
    withSimulator({ zones: 2 }, async (client) => {
      expect((await client.cloudflare("GET", `/zones${query}`)).body).toMatchObject({
        result: names.map((name) => ({ name })),
        result_info: { count: names.length, total_count: total },
      });
    })(),
  );

  test(
    "are paged",
    withSimulator({ zones: 12 }, async (client) => {
      expect((await client.cloudflare("GET", "/zones?per_page=5&page=3")).body).toMatchObject({
        result: [{ name: "zone-0010.example" }, { name: "zone-0011.example" }],
        result_info: { page: 3, per_page: 5, count: 2, total_count: 12, total_pages: 3 },
      });
      expect(await client.cloudflare("GET", "/zones?per_page=1000")).toMatchObject({ status: 400 });
    }),
  );
});

describe("a Cloudflare token", () => {
  test(
    "is told to work, whatever it may do",
    withSimulator({}, async (client) => {
      const { cloudflareToken } = client.simulator;
      await client.patch({ tokens: { cloudflare: { [cloudflareToken]: { permissions: [] } } } });

      expect(await client.cloudflare("GET", "/user/tokens/verify")).toMatchObject({
        status: 200,
        body: {
          result: { id: expect.stringMatching(/^[0-9a-f]{32}$/), status: "active" },
          messages: [{ message: "This API Token is valid and active" }],
        },
      });
    }),
  );

  test(
    "that is unknown is refused, as is a key",
    withSimulator({}, async (client) => {
      const { cloudflareEmail, cloudflareApiKey } = client.simulator;
      const key = { "x-auth-email": cloudflareEmail, "x-auth-key": cloudflareApiKey };
      const verify = (headers: Record<string, string>) =>
        client.cloudflare("GET", "/user/tokens/verify", undefined, headers);

      expect(await verify({ authorization: "Bearer unknown" })).toMatchObject(AUTHENTICATION_ERROR);
      expect(await verify(key)).toMatchObject({ status: 400 });
    }),
  );
});

describe("Cloudflare accounts", () => {
  test(
    "are listed, found by name and read",
    withSimulator({}, async (client) => {
      const account = { id: client.simulator.accountId, name: "Simulated account", type: "standard" };

      expect((await client.cloudflare("GET", "/accounts")).body).toMatchObject({
        result: [account],
        result_info: { total_count: 1 },
      });
      expect((await client.cloudflare("GET", "/accounts?name=other")).body).toMatchObject({ result: [] });
      expect((await client.cloudflare("GET", `/accounts/${account.id}`)).body).toMatchObject({
        result: account,
      });
    }),
  );

  test(
    "that are not the caller's look like a wrong token",
    withSimulator({}, async (client) => {
      expect(await client.cloudflare("GET", `/accounts/${"0".repeat(32)}`)).toMatchObject(
        AUTHENTICATION_ERROR,
      );
    }),
  );
});
