import fc from "fast-check";
import { readAllowance, readRetryAfter } from "../../provider/http/rate-headers";

const NOW = Date.parse("2026-01-01T00:00:00.000Z");

const headers = (all: Readonly<Record<string, string>>) => (name: string) => all[name];
const allowance = (all: Readonly<Record<string, string>>) => readAllowance(headers(all), NOW);
const retryAfter = (text: string) => readRetryAfter(headers({ "retry-after": text }), NOW);

describe("an allowance", () => {
  test.each<[title: string, given: Record<string, string>, read: object | undefined]>([
    [
      "as Cloudflare's changelog writes it",
      { ratelimit: '"default";r=50;t=30', "ratelimit-policy": '"default";q=100;w=60' },
      { remaining: 50, resetMs: 30_000, quota: 100 },
    ],
    ["without a policy", { ratelimit: '"default";r=50;t=30' }, { remaining: 50, resetMs: 30_000 }],
    [
      "whose policy has another name",
      { ratelimit: '"default";r=50;t=30', "ratelimit-policy": '"burst";q=100;w=60' },
      { remaining: 50, resetMs: 30_000 },
    ],
    ["with a name that is a token", { ratelimit: "default;r=1;t=2" }, { remaining: 1, resetMs: 2_000 }],
    ["with spaces", { ratelimit: ' "default" ; r=1 ; t=2 ' }, { remaining: 1, resetMs: 2_000 }],
    [
      "with parameters in another order and unknown ones",
      { ratelimit: '"default";t=2;pk=:YWJj:;r=1' },
      { remaining: 1, resetMs: 2_000 },
    ],
    ["that is spent", { ratelimit: '"default";r=0;t=300' }, { remaining: 0, resetMs: 300_000 }],
    [
      "of several policies, by the one with least left",
      {
        ratelimit: '"day";r=9000;t=3600, "burst";r=4;t=10, "default";r=50;t=30',
        "ratelimit-policy": '"day";q=10000;w=86400, "default";q=100;w=60, "burst";q=10;w=10',
      },
      { remaining: 4, resetMs: 10_000, quota: 10 },
    ],
    ["without a reset", { ratelimit: '"default";r=50' }, undefined],
    ["without a rest", { ratelimit: '"default";t=50' }, undefined],
    ["with a negative rest", { ratelimit: '"default";r=-5;t=30' }, undefined],
    ["in an older draft's form", { ratelimit: "limit=100, remaining=50, reset=30" }, undefined],
    [
      "as HostUp writes it",
      {
        "x-ratelimit-limit": "60",
        "x-ratelimit-remaining": "7",
        "x-ratelimit-reset": "2026-01-01T00:00:45.000Z",
      },
      { remaining: 7, resetMs: 45_000, quota: 60 },
    ],
    [
      "as HostUp writes it, without a limit",
      { "x-ratelimit-remaining": "7", "x-ratelimit-reset": "2026-01-01T00:00:45Z" },
      { remaining: 7, resetMs: 45_000 },
    ],
    [
      "whose reset is past",
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2025-12-31T23:59:00Z" },
      { remaining: 0, resetMs: 0 },
    ],
    ["whose reset is no time", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon" }, undefined],
    ["that nobody gave", {}, undefined],
  ])("%s is read", (_title, given, read) => {
    expect(allowance(given)).toEqual(read);
  });

  test("in the newer form counts before the older one", () => {
    const both = {
      ratelimit: '"default";r=50;t=30',
      "x-ratelimit-remaining": "7",
      "x-ratelimit-reset": "2026-01-01T00:00:45Z",
    };
    expect(allowance(both)).toEqual({ remaining: 50, resetMs: 30_000 });
  });

  test("is that of the smallest budget, whatever the order", () => {
    const policy = fc.record({
      r: fc.nat(10_000),
      t: fc.nat(86_400),
      q: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(policy, { minLength: 1, maxLength: 6 }), (policies) => {
        const named = policies.map((values, index) => ({ ...values, name: `"p${index}"` }));
        const found = allowance({
          ratelimit: named.map(({ name, r, t }) => `${name};r=${r};t=${t}`).join(", "),
          "ratelimit-policy": named
            .map(({ name, q }) => `${name};q=${q};w=60`)
            .reverse()
            .join(","),
        });
        const least = Math.min(...policies.map(({ r }) => r));
        expect(found?.remaining).toBe(least);
        expect(
          policies.some(({ r, t, q }) => r === least && t * 1_000 === found?.resetMs && q === found.quota),
        ).toBe(true);
      }),
    );
  });

  test("is never a wrong number, whatever stands in the headers", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^["a-z;=,rtqw0-9. -]{0,40}$/));
    const names = [
      "ratelimit",
      "ratelimit-policy",
      "x-ratelimit-remaining",
      "x-ratelimit-reset",
      "x-ratelimit-limit",
    ];
    fc.assert(
      fc.property(fc.tuple(...names.map(() => fc.option(text, { nil: undefined }))), (values) => {
        const read = readAllowance((name) => values[names.indexOf(name)], NOW);
        if (read === undefined) return;
        for (const number of [read.remaining, read.resetMs, read.quota ?? 0]) {
          expect(number).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("Retry-After", () => {
  test.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["Thu, 01 Jan 2026 00:02:00 GMT", 120_000],
    ["Wed, 31 Dec 2025 23:00:00 GMT", 0],
    ["soon", undefined],
    ["", undefined],
  ])("%j asks for %p milliseconds", (text, milliseconds) => {
    expect(retryAfter(text)).toBe(milliseconds);
  });

  test("that is not there asks for nothing, whatever the budget's reset", () => {
    expect(readRetryAfter(headers({ ratelimit: '"default";r=0;t=300' }), NOW)).toBeUndefined();
  });

  test("says the same in seconds and as a date", () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (seconds) => {
        const date = new Date(NOW + seconds * 1_000).toUTCString();
        expect(retryAfter(String(seconds))).toBe(seconds * 1_000);
        expect(retryAfter(date)).toBe(seconds * 1_000);
      }),
    );
  });
});
