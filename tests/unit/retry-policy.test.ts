import fc from "fast-check";
import type { FailureClass } from "../../provider/http/classify-failure";
import { DEFAULT_RETRY_POLICY, type FailedAttempt, nextPause } from "../../provider/http/retry-policy";

const waitMs = fc
  .option(fc.nat(1_000_000), { nil: undefined })
  .map((ms) => (ms === undefined ? {} : { waitMs: ms }));
const failure: fc.Arbitrary<Exclude<FailureClass, { kind: "final" }>> = fc.oneof(
  fc.constantFrom({ kind: "unsent" as const }, { kind: "garbled" as const }),
  fc
    .tuple(fc.constantFrom("limited" as const, "unsure" as const), waitMs)
    .map(([kind, wait]) => ({ kind, ...wait })),
);
const attempted = fc.record({
  failure,
  attempt: fc.integer({ min: 1, max: 5_000 }),
  elapsedMs: fc.nat(1_000_000),
  wholeMs: fc.nat(1_500_000),
});
/** Every kind of failure to its end, one after the other. */
const WHOLE = 30_000 + 300_000 + 900_000 + 5_000;
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const pauseAfter = (given: Partial<FailedAttempt>, chance = 0.5) =>
  nextPause(
    { failure: { kind: "unsure" }, attempt: 1, elapsedMs: 0, wholeMs: 0, ...given },
    DEFAULT_RETRY_POLICY,
    () => chance,
  );

describe("the pause before the next attempt", () => {
  test("is never shorter than the service asks", () => {
    fc.assert(
      fc.property(attempted, random, (given, chance) => {
        const asked = "waitMs" in given.failure ? (given.failure.waitMs ?? 0) : 0;
        const pause = nextPause(given, DEFAULT_RETRY_POLICY, () => chance);
        if (pause !== undefined) expect(pause).toBeGreaterThanOrEqual(asked);
      }),
    );
  });

  test("never leads beyond what its failure is given, nor beyond what all are given", () => {
    fc.assert(
      fc.property(attempted, random, (given, chance) => {
        const pause = nextPause(given, DEFAULT_RETRY_POLICY, () => chance);
        if (pause === undefined) return;
        expect(given.elapsedMs + pause).toBeLessThanOrEqual(DEFAULT_RETRY_POLICY[given.failure.kind]);
        expect(given.wholeMs + pause).toBeLessThanOrEqual(WHOLE);
      }),
    );
  });

  test("is given up only when a limit would not hold it", () => {
    fc.assert(
      fc.property(attempted, random, (given, chance) => {
        if (nextPause(given, DEFAULT_RETRY_POLICY, () => chance) !== undefined) return;
        const asked = "waitMs" in given.failure ? (given.failure.waitMs ?? 0) : 0;
        const most = asked + DEFAULT_RETRY_POLICY.longestPause;
        const left = Math.min(
          DEFAULT_RETRY_POLICY[given.failure.kind] - given.elapsedMs,
          WHOLE - given.wholeMs,
        );
        expect(most).toBeGreaterThan(left);
      }),
    );
  });

  test.each([
    [1, 500],
    [2, 1_000],
    [3, 2_000],
    [6, 16_000],
    [7, 30_000],
    [2_000, 30_000],
  ])("after attempt %i is a random part of %i ms", (attempt, limit) => {
    expect(pauseAfter({ attempt }, 0)).toBe(0);
    expect(pauseAfter({ attempt }, 0.5)).toBe(limit / 2);
    expect(pauseAfter({ attempt }, 1)).toBe(limit);
  });

  test("comes on top of what the service asks, so that not all come back at that moment", () => {
    expect(pauseAfter({ failure: { kind: "limited", waitMs: 60_000 } })).toBe(60_250);
  });
});

describe("nobody tries again", () => {
  test("after a failure that will be the same again", () => {
    expect(pauseAfter({ failure: { kind: "final" } })).toBeUndefined();
  });

  test("when the service asks for more than patience has", () => {
    expect(pauseAfter({ failure: { kind: "limited", waitMs: 900_000 } })).toBeUndefined();
  });

  test.each([
    ["unsent", 30_000],
    ["unsure", 300_000],
    ["limited", 900_000],
    ["garbled", 5_000],
  ] as const)("after %s for %i ms", (kind, limit) => {
    expect(pauseAfter({ failure: { kind }, elapsedMs: limit - 250 })).toBe(250);
    expect(pauseAfter({ failure: { kind }, elapsedMs: limit - 249 })).toBeUndefined();
  });

  test("after a failure that is new, when there were others for as long as all of them are given", () => {
    expect(pauseAfter({ wholeMs: WHOLE - 250 })).toBe(250);
    expect(pauseAfter({ wholeMs: WHOLE - 249 })).toBeUndefined();
  });
});

test("a block of Cloudflare can be waited out twice", () => {
  const limited = { kind: "limited", waitMs: 300_000 } as const;
  expect(pauseAfter({ failure: limited })).toBeDefined();
  expect(pauseAfter({ failure: limited, attempt: 2, elapsedMs: 301_000 })).toBeDefined();
  expect(pauseAfter({ failure: limited, attempt: 3, elapsedMs: 602_000 })).toBeUndefined();
});
