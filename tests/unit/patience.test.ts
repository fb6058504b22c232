import fc from "fast-check";
import { DEFAULT_PATIENCE, type Failure, nextPause } from "../../provider/core/patience";
import type { Trouble } from "../../provider/core/trouble";

const waitMs = fc
  .option(fc.nat(1_000_000), { nil: undefined })
  .map((ms) => (ms === undefined ? {} : { waitMs: ms }));
const trouble: fc.Arbitrary<Exclude<Trouble, { kind: "final" }>> = fc.oneof(
  fc.constantFrom({ kind: "unsent" as const }, { kind: "garbled" as const }),
  fc
    .tuple(fc.constantFrom("limited" as const, "unsure" as const), waitMs)
    .map(([kind, wait]) => ({ kind, ...wait })),
);
const failure = fc.record({
  trouble,
  attempt: fc.integer({ min: 1, max: 5_000 }),
  elapsedMs: fc.nat(1_000_000),
  wholeMs: fc.nat(1_500_000),
});
/** Every kind of trouble to its end, one after the other. */
const WHOLE = 30_000 + 300_000 + 900_000 + 5_000;
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const pauseAfter = (given: Partial<Failure>, chance = 0.5) =>
  nextPause(
    { trouble: { kind: "unsure" }, attempt: 1, elapsedMs: 0, wholeMs: 0, ...given },
    DEFAULT_PATIENCE,
    () => chance,
  );

describe("the pause before the next attempt", () => {
  test("is never shorter than the service asks", () => {
    fc.assert(
      fc.property(failure, random, (given, chance) => {
        const asked = "waitMs" in given.trouble ? (given.trouble.waitMs ?? 0) : 0;
        const pause = nextPause(given, DEFAULT_PATIENCE, () => chance);
        if (pause !== undefined) expect(pause).toBeGreaterThanOrEqual(asked);
      }),
    );
  });

  test("never leads beyond what its trouble is given, nor beyond what all are given", () => {
    fc.assert(
      fc.property(failure, random, (given, chance) => {
        const pause = nextPause(given, DEFAULT_PATIENCE, () => chance);
        if (pause === undefined) return;
        expect(given.elapsedMs + pause).toBeLessThanOrEqual(DEFAULT_PATIENCE[given.trouble.kind]);
        expect(given.wholeMs + pause).toBeLessThanOrEqual(WHOLE);
      }),
    );
  });

  test("is given up only when a limit would not hold it", () => {
    fc.assert(
      fc.property(failure, random, (given, chance) => {
        if (nextPause(given, DEFAULT_PATIENCE, () => chance) !== undefined) return;
        const asked = "waitMs" in given.trouble ? (given.trouble.waitMs ?? 0) : 0;
        const most = asked + DEFAULT_PATIENCE.longestPause;
        const left = Math.min(DEFAULT_PATIENCE[given.trouble.kind] - given.elapsedMs, WHOLE - given.wholeMs);
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
    expect(pauseAfter({ trouble: { kind: "limited", waitMs: 60_000 } })).toBe(60_250);
  });
});

describe("nobody tries again", () => {
  test("after a failure that will be the same again", () => {
    expect(pauseAfter({ trouble: { kind: "final" } })).toBeUndefined();
  });

  test("when the service asks for more than patience has", () => {
    expect(pauseAfter({ trouble: { kind: "limited", waitMs: 900_000 } })).toBeUndefined();
  });

  test.each([
    ["unsent", 30_000],
    ["unsure", 300_000],
    ["limited", 900_000],
    ["garbled", 5_000],
  ] as const)("after %s for %i ms", (kind, limit) => {
    expect(pauseAfter({ trouble: { kind }, elapsedMs: limit - 250 })).toBe(250);
    expect(pauseAfter({ trouble: { kind }, elapsedMs: limit - 249 })).toBeUndefined();
  });

  test("after a trouble that is new, when there were others for as long as all of them are given", () => {
    expect(pauseAfter({ wholeMs: WHOLE - 250 })).toBe(250);
    expect(pauseAfter({ wholeMs: WHOLE - 249 })).toBeUndefined();
  });
});

test("a block of Cloudflare can be waited out twice", () => {
  const limited = { kind: "limited", waitMs: 300_000 } as const;
  expect(pauseAfter({ trouble: limited })).toBeDefined();
  expect(pauseAfter({ trouble: limited, attempt: 2, elapsedMs: 301_000 })).toBeDefined();
  expect(pauseAfter({ trouble: limited, attempt: 3, elapsedMs: 602_000 })).toBeUndefined();
});
