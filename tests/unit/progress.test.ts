import fc from "fast-check";
import { createProgress } from "../../provider/core/progress";

const START = Date.parse("2026-01-01T00:00:00.000Z");

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe("progress", () => {
  test("tells what is waited for, how long and until when", () => {
    const lines: string[] = [];
    createProgress((line) => lines.push(line)).say("Waiting for the moon, going on", START + 89_500);
    expect(lines).toEqual(["Waiting for the moon, going on in 90 s (2026-01-01T00:01:29.500Z)"]);
  });

  test("prints to the console, which the CLI shows at once", () => {
    const log = jest.spyOn(console, "log").mockImplementation(() => {});
    createProgress().say("Waiting", START + 60_000);
    expect(log).toHaveBeenCalledTimes(1);
  });

  test("prints nothing for a wait of less than 3 s", () => {
    const lines: string[] = [];
    const progress = createProgress((line) => lines.push(line));
    progress.say("Waiting", START + 2_999);
    progress.say("Waiting", START - 1);
    expect(lines).toEqual([]);
    progress.say("Waiting", START + 3_000);
    expect(lines).toHaveLength(1);
  });

  test("does not let a short wait keep a long one from being told", () => {
    const lines: string[] = [];
    const progress = createProgress((line) => lines.push(line));
    progress.say("Short", START + 1_000);
    progress.say("Long", START + 60_000);
    expect(lines).toEqual([expect.stringMatching(/^Long in 60 s/)]);
  });

  test("prints at most one line in 15 s however many wait, and one for each 15 s of waiting", () => {
    const moments = fc.array(fc.record({ after: fc.nat(20_000), wait: fc.nat(100_000) }), { maxLength: 60 });
    fc.assert(
      fc.property(moments, (all) => {
        jest.setSystemTime(START);
        const at: number[] = [];
        const progress = createProgress(() => at.push(Date.now()));
        let due: number = Number.NEGATIVE_INFINITY;
        for (const { after, wait } of all) {
          jest.setSystemTime(Date.now() + after);
          const printed = at.length;
          progress.say("Waiting", Date.now() + wait);
          const expected = wait >= 3_000 && Date.now() - due >= 15_000;
          if (expected) due = Date.now();
          expect(at.length - printed).toBe(expected ? 1 : 0);
        }
        for (const [index, time] of at.slice(1).entries()) {
          expect(time - (at[index] ?? 0)).toBeGreaterThanOrEqual(15_000);
        }
      }),
    );
  });
});
