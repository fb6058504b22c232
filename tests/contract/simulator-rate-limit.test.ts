import { createClock, type SimulatorClient, withSimulator } from "../support/simulator-client";

const LIMIT = { requests: 3, seconds: 60 };

async function spend(client: SimulatorClient, api: "cloudflare" | "hostup"): Promise<void> {
  for (let sent = 0; sent < LIMIT.requests; sent += 1) {
    const path = api === "cloudflare" ? client.zone : client.domain;
    expect(await client[api]("GET", path)).toMatchObject({ status: 200 });
  }
}

describe("the Cloudflare rate limit", () => {
  test("refuses every call for one more window once it is exceeded", () => {
    const clock = createClock();
    return withSimulator({ rateLimit: LIMIT, now: clock.now }, async (client) => {
      await spend(client, "cloudflare");
      clock.advance(50);
      const refused = await client.cloudflare("GET", client.zone);

      expect(refused).toMatchObject({
        status: 429,
        body: {
          success: false,
          errors: [{ code: 971, message: "Please wait and consider throttling your request speed" }],
        },
      });
      expect(refused.headers.get("retry-after")).toBe("60");
      expect(refused.headers.get("ratelimit")).toBe('"default";r=0;t=60');
      expect(refused.headers.get("cf-ray")).not.toBeNull();

      // The window would have ended by now, the block has not.
      clock.advance(59);
      const still = await client.cloudflare("GET", client.zone);
      expect(still.status).toBe(429);
      expect(still.headers.get("retry-after")).toBe("1");

      clock.advance(1);
      const again = await client.cloudflare("GET", client.zone);
      expect(again.status).toBe(200);
      expect(again.headers.get("ratelimit")).toBe('"default";r=2;t=60');
    })();
  });

  test("begins anew with each window as long as it is kept", () => {
    const clock = createClock();
    return withSimulator({ rateLimit: LIMIT, now: clock.now }, async (client) => {
      for (let window = 0; window < 3; window += 1) {
        await spend(client, "cloudflare");
        clock.advance(LIMIT.seconds);
      }
    })();
  });

  test(
    "is counted by credential",
    withSimulator({ rateLimit: LIMIT }, async (client) => {
      await client.patch({ tokens: { cloudflare: { other: { permissions: ["Zone Read"] } } } });
      await spend(client, "cloudflare");

      const other = { authorization: "Bearer other" };
      expect(await client.cloudflare("GET", client.zone, undefined, other)).toMatchObject({ status: 200 });
      expect(await client.cloudflare("GET", client.zone)).toMatchObject({ status: 429 });
    }),
  );

  test(
    "can be changed while the simulator runs",
    withSimulator({}, async (client) => {
      await client.patch({ rateLimits: { cloudflare: LIMIT } });

      const { headers } = await client.cloudflare("GET", client.zone);
      expect(headers.get("ratelimit-policy")).toBe('"default";q=3;w=60');
      expect(headers.get("ratelimit")).toBe('"default";r=2;t=60');
    }),
  );
});

describe("the HostUp rate limit", () => {
  test("is a budget of its own that opens again when its window ends", () => {
    const clock = createClock();
    return withSimulator({ rateLimit: LIMIT, now: clock.now }, async (client) => {
      await spend(client, "cloudflare");
      await spend(client, "hostup");
      clock.advance(50);
      const refused = await client.hostup("GET", client.domain);

      expect(refused).toMatchObject({ status: 429, body: { code: "rate_limited", status: 429 } });
      expect(refused.headers.get("retry-after")).toBe("10");
      expect(refused.headers.get("x-ratelimit-limit")).toBe("3");
      expect(refused.headers.get("x-ratelimit-remaining")).toBe("0");
      expect(refused.headers.get("x-ratelimit-reset")).toBe("2026-01-01T00:01:00.000Z");
      clock.advance(10);
      expect(await client.hostup("GET", client.domain)).toMatchObject({ status: 200 });
    })();
  });
});
