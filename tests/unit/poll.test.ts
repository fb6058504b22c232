import { inScope, PRINTED } from "../../provider/core/call-scope";
import { createProgress, sharedProgress } from "../../provider/core/progress";
import { pollUntil, type Verdict, type Wait, type Waited, waitOut } from "../../provider/engine/poll";
import { createTransport } from "../../provider/http/transport";

/** Jest's fake timers do not reach this module; the global one they do. */
jest.mock("node:timers/promises", () => ({
  setTimeout: (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}));

const START = Date.parse("2026-01-01T00:00:00.000Z");

let printed: { text: string; at: number }[];
let progress: ReturnType<typeof createProgress>;

/** A wait in fake time, with when it looked. What it says is in `printed`. */
async function waited(
  timeoutSeconds: number,
  judge: (looks: number) => Verdict,
  look: (looks: number) => Promise<void> = async () => {},
) {
  let looks = 0;
  const at: number[] = [];
  const wait: Wait<number> = {
    subject: "the moon to rise",
    timeoutSeconds,
    judge,
    async look() {
      looks += 1;
      at.push((Date.now() - START) / 1_000);
      await look(looks);
      return looks;
    },
  };
  let result: Waited<number> | undefined;
  let error: unknown;
  let over = false;
  const run = pollUntil(0, wait, progress)
    .then(
      (value) => {
        result = value;
      },
      (reason: unknown) => {
        error = reason;
      },
    )
    .finally(() => {
      over = true;
    });
  while (!over) await jest.advanceTimersByTimeAsync(500);
  await run;
  return { result, error, at, took: (Date.now() - START) / 1_000 };
}

const forever = (): Verdict => ({ kind: "wait" });
const reachedAt =
  (look: number) =>
  (looks: number): Verdict =>
    looks >= look ? { kind: "reached" } : { kind: "wait" };

beforeEach(() => {
  jest.useFakeTimers({ now: START });
  printed = [];
  progress = createProgress((text) => printed.push({ text, at: (Date.now() - START) / 1_000 }));
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe("a wait", () => {
  test("looks no further when what is there at the start will do", async () => {
    const { result, at } = await waited(60, reachedAt(0));
    expect(result).toStrictEqual({ observed: 0 });
    expect(at).toEqual([]);
  });

  test("ends with what it saw when it is reached", async () => {
    const { result, at } = await waited(60, reachedAt(2));
    expect(result).toStrictEqual({ observed: 2 });
    expect(at).toHaveLength(2);
  });

  test("looks at growing distances, at most 30 s", async () => {
    const { at } = await waited(300, reachedAt(8));
    expect(at).toEqual([1, 3, 7, 15, 31, 61, 91, 121]);
  });

  test("ends at once when there is no end to it, and says why", async () => {
    const judge = (looks: number): Verdict =>
      looks < 1 ? { kind: "wait" } : { kind: "stuck", why: "the moon is gone" };
    const { result, at } = await waited(600, judge);
    expect(result).toStrictEqual({ observed: 1, failure: "the moon is gone" });
    expect(at).toEqual([1]);
  });

  test("does not look at all when the start has no end to it", async () => {
    const { result, at } = await waited(600, () => ({ kind: "stuck", why: "there is no moon" }));
    expect(result).toStrictEqual({ observed: 0, failure: "there is no moon" });
    expect(at).toEqual([]);
  });

  test("ends when its time is up, after a last look", async () => {
    const { result, at, took } = await waited(10, forever);
    expect(result).toStrictEqual({ observed: 4, failure: "timed out after 10 s" });
    expect(at).toEqual([1, 3, 7, 10]);
    expect(took).toBeLessThan(11);
  });

  test("counts a last look that succeeds", async () => {
    const { result } = await waited(10, reachedAt(4));
    expect(result).toStrictEqual({ observed: 4 });
  });

  test("ends after a second when it has no more", async () => {
    const { result, at } = await waited(1, forever);
    expect(result).toStrictEqual({ observed: 1, failure: "timed out after 1 s" });
    expect(at).toEqual([1]);
  });

  test("fails as its look fails", async () => {
    const { error } = await waited(60, forever, async () => {
      throw new Error("no sky");
    });
    expect(error).toEqual(new Error("no sky"));
  });

  test("says nothing in its first 15 s", async () => {
    await waited(15, reachedAt(4));
    expect(printed).toEqual([]);
  });

  test("says at most every 15 s what it waits for, how long and until when", async () => {
    await waited(120, forever);
    expect(printed[0]?.text).toMatchInlineSnapshot(
      `"Waiting for the moon to rise, 15 s so far (press Ctrl-C twice to stop; the next \`up\` resumes): giving up in 105 s (2026-01-01T00:02:00.000Z)"`,
    );
    expect(printed.length).toBeGreaterThanOrEqual(3);
    expectOneIn15Seconds();
  });
});

describe("what time alone brings about", () => {
  const waitedOut = async (milliseconds: number) => {
    let ended: number | undefined;
    const run = waitOut("the moon to rise", START + milliseconds, progress).then(() => {
      ended = Date.now() - START;
    });
    await jest.advanceTimersByTimeAsync(60_000);
    await run;
    return ended;
  };

  test("is waited for until its time, with a line that says that the run goes on then", async () => {
    expect(await waitedOut(40_000)).toBe(40_000);
    expect(printed[0]?.text).toBe(
      "Waiting for the moon to rise (press Ctrl-C twice to stop; the next `up` resumes): going on in 40 s (2026-01-01T00:00:40.000Z)",
    );
    expectOneIn15Seconds();
  });

  test("is not waited for once it is over", async () => {
    expect(await waitedOut(-1)).toBe(0);
    expect(printed).toEqual([]);
  });
});

test("in a deletion the line says what goes on, and how to keep the resources", async () => {
  const scope = { ...PRINTED, isDeletion: true };
  await inScope(scope, () => waited(60, forever));
  const out = inScope(scope, () => waitOut("the moon to set", Date.now() + 40_000, progress));
  await jest.advanceTimersByTimeAsync(60_000);
  await out;
  expect(printed).not.toHaveLength(0);
  for (const { text } of printed) {
    expect(text).toContain(
      "(press Ctrl-C twice to stop; run the same command to resume, or `pulumi up --refresh` to keep the resources)",
    );
  }
  expect(new Set(printed.map(({ text }) => text.slice(0, 27)))).toEqual(
    new Set(["Waiting for the moon to ris", "Waiting for the moon to set"]),
  );
});

describe("many waits", () => {
  const wait = { subject: "the moon to rise", timeoutSeconds: 120, look: async () => 0, judge: forever };
  const inFakeTime = async (waits: Promise<unknown>[]) => {
    await jest.advanceTimersByTimeAsync(130_000);
    await Promise.all(waits);
  };

  test("have one line in 15 s between them", async () => {
    await inFakeTime(Array.from({ length: 20 }, () => pollUntil(0, wait, progress)));
    expect(printed.length).toBeGreaterThanOrEqual(3);
    expectOneIn15Seconds();
  });

  test("share it with the retries of their process", async () => {
    const log = jest.spyOn(console, "log").mockImplementation(() => {});
    expect(createTransport().progress).toBe(sharedProgress);
    await inFakeTime(Array.from({ length: 20 }, () => pollUntil(0, wait)));
    const lines = log.mock.calls.length;
    expect(lines).toBeGreaterThanOrEqual(3);
    expect(lines).toBeLessThanOrEqual(120 / 15);
  });
});

function expectOneIn15Seconds(): void {
  for (const [index, { at }] of printed.slice(1).entries()) {
    expect(at - (printed[index]?.at ?? 0)).toBeGreaterThanOrEqual(15);
  }
}
