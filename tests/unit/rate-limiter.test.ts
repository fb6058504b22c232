import fc from "fast-check";
import { LONGEST_WAIT } from "../../provider/core/bounds";
import { RateLimiter, type RateLimiterOptions } from "../../provider/http/rate-limiter";

/** Fake time takes real time where many calls wait. */
jest.setTimeout(60_000);

const START = Date.parse("2026-01-01T00:00:00.000Z");
const WINDOW = 300_000;

let said: string[];

beforeEach(() => {
  said = [];
  jest.useFakeTimers({ now: START });
});

afterEach(() => {
  jest.useRealTimers();
});

function pacer(options: Partial<RateLimiterOptions> = {}): RateLimiter {
  return new RateLimiter({ subject: "Cloudflare", progress: { say: (what) => said.push(what) }, ...options });
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Lets fake time pass until the work is done. */
async function inFakeTime<Result>(work: Promise<Result>, step = 1_000): Promise<Result> {
  let over = false;
  const end = work.finally(() => {
    over = true;
  });
  while (!over) await jest.advanceTimersByTimeAsync(step);
  return end;
}

/** Counts calls in fixed windows that begin with a first call, as Cloudflare does, and tells what is left in whole seconds. */
class ModelServer {
  readonly windows: number[] = [];
  refused = 0;
  #endsAt = 0;

  constructor(
    readonly quota: number,
    readonly milliseconds = WINDOW,
  ) {}

  call(): { remaining: number; resetMs: number; quota: number } | "refused" {
    const now = Date.now();
    if (now >= this.#endsAt) {
      this.windows.push(0);
      this.#endsAt = now + this.milliseconds;
    }
    const used = (this.windows.pop() ?? 0) + 1;
    this.windows.push(used);
    if (used > this.quota) {
      this.refused += 1;
      return "refused";
    }
    const resetMs = Math.ceil((this.#endsAt - now) / 1_000) * 1_000;
    return { remaining: this.quota - used, resetMs, quota: this.quota };
  }
}

/** All calls at once through the pacer; each takes its time to the server and back. */
async function callAll(
  through: RateLimiter,
  server: ModelServer,
  calls: number,
  latency: () => number,
  latencyBack = latency,
) {
  await Promise.all(
    Array.from({ length: calls }, () =>
      through.run(async () => {
        await sleep(latency());
        const answer = server.call();
        await sleep(latencyBack());
        if (answer === "refused") through.pause(WINDOW);
        else through.learn(answer);
      }),
    ),
  );
}

/** The share of the limit that was used in each window but the last, which had not enough to do. */
const used = ({ windows, quota }: ModelServer) => windows.slice(0, -1).map((count) => count / quota);

const latencies = fc.noShrink(fc.infiniteStream(fc.integer({ min: 5, max: 400 }), { noHistory: true }));

describe("a budget that the server tells", () => {
  test("is used to nine tenths and never overdrawn by one process", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 50, max: 1_200 }), latencies, async (quota, times) => {
        const server = new ModelServer(quota);
        await inFakeTime(
          callAll(pacer(), server, 3 * quota, () => times.next().value),
          20_000,
        );
        expect(server.refused).toBe(0);
        expect(Math.min(...used(server))).toBeGreaterThanOrEqual(0.9);
      }),
      { numRuns: 12 },
    );
  });

  test("is used to nine tenths and never overdrawn by two processes that share it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 600, max: 1_200 }), latencies, async (quota, times) => {
        const server = new ModelServer(quota);
        const one = () => callAll(pacer(), server, Math.ceil(1.5 * quota), () => times.next().value);
        await inFakeTime(Promise.all([one(), one()]), 20_000);
        expect(server.refused).toBe(0);
        expect(Math.min(...used(server))).toBeGreaterThanOrEqual(0.9);
      }),
      { numRuns: 12 },
    );
  });

  test("takes 1,500 calls little longer than the least time: 1,200 at once, the rest in the next window", async () => {
    const server = new ModelServer(1_200, 5_000);
    const milliseconds = 4;
    // One call after another has its turn, however many are under way.
    let free = Date.now();
    const turn = () => {
      free = Math.max(free, Date.now()) + milliseconds;
      return free - Date.now();
    };
    await inFakeTime(
      callAll(pacer(), server, 1_500, turn, () => 0),
      5,
    );
    const least = 5_000 + 300 * milliseconds;
    expect(server.refused).toBe(0);
    expect((Date.now() - START) / least).toBeLessThanOrEqual(1.03);
  });

  test("is left to others as soon as it shows that there are any", async () => {
    const server = new ModelServer(1_000);
    const paced = pacer();
    await inFakeTime(
      callAll(paced, server, 500, () => 50),
      100,
    );
    for (let call = 0; call < 100; call += 1) server.call();
    void callAll(paced, server, 1_000, () => 50);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(server.windows).toEqual([950]);
    await inFakeTime(paced.run(async () => {}));
  });

  test("that others have spent holds all calls until it is full again", async () => {
    const paced = pacer();
    await paced.run(async () => paced.learn({ remaining: 0, resetMs: 90_000, quota: 100 }));
    const at: number[] = [];
    await inFakeTime(
      Promise.all([1, 2, 3].map(() => paced.run(async () => void at.push(Date.now() - START)))),
    );
    expect(Math.min(...at)).toBeGreaterThanOrEqual(90_000);
    expect(Math.max(...at)).toBeLessThan(91_000);
  });

  test("is not raised by an answer that a later one has overtaken", async () => {
    const paced = pacer();
    const answers: (() => void)[] = [];
    const call = (remaining: number) =>
      paced.run(async () => {
        await new Promise<void>((answer) => answers.push(answer));
        paced.learn({ remaining, resetMs: 60_000, quota: 100 });
      });
    await paced.run(async () => paced.learn({ remaining: 50, resetMs: 60_000, quota: 100 }));
    const slow = call(49);
    const fast = call(3);
    await jest.advanceTimersByTimeAsync(0);
    const [answerSlow, answerFast] = answers;
    answerFast?.();
    await fast;
    answerSlow?.();
    await slow;
    expect(await inFakeTime(paced.run(async () => Date.now() - START))).toBeGreaterThanOrEqual(60_000);
  });

  test("ends at the earliest reset that was told, for seconds are rounded up", async () => {
    const paced = pacer();
    await paced.run(async () => paced.learn({ remaining: 50, resetMs: 10_000, quota: 100 }));
    await jest.advanceTimersByTimeAsync(900);
    // As far as the server's whole seconds tell, the reset is where it was.
    await paced.run(async () => paced.learn({ remaining: 0, resetMs: 10_000, quota: 100 }));
    const at = await inFakeTime(
      paced.run(async () => Date.now() - START),
      100,
    );
    expect(at).toBe(10_000);
  });

  test("is a new one when its reset is told much later", async () => {
    const paced = pacer();
    await paced.run(async () => paced.learn({ remaining: 50, resetMs: 10_000, quota: 100 }));
    await paced.run(async () => paced.learn({ remaining: 0, resetMs: 60_000, quota: 100 }));
    expect(await inFakeTime(paced.run(async () => Date.now() - START))).toBeGreaterThanOrEqual(60_000);
  });
});

describe("until the server has told its budget", () => {
  test("one call at a time goes and asks", async () => {
    const paced = pacer();
    let underWay = 0;
    let most = 0;
    const ask = () =>
      paced.run(async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await sleep(100);
        underWay -= 1;
      });
    await inFakeTime(Promise.all([ask(), ask(), ask()]), 100);
    expect(most).toBe(1);
    expect(Date.now() - START).toBeGreaterThanOrEqual(300);
  });

  test("the others follow together once it is told", async () => {
    const paced = pacer({ concurrency: 8 });
    const began: number[] = [];
    const ask = () =>
      paced.run(async () => {
        began.push(Date.now() - START);
        await sleep(100);
        paced.learn({ remaining: 1_000, resetMs: 300_000, quota: 1_200 });
      });
    await inFakeTime(Promise.all(Array.from({ length: 10 }, ask)), 100);
    expect(began).toEqual([0, 100, 100, 100, 100, 100, 100, 100, 100, 200]);
  });

  test("a call that fails lets the next one ask", async () => {
    const paced = pacer();
    const failed = paced.run(async () => {
      throw new Error("reset");
    });
    const next = paced.run(async () => "asked");
    await expect(failed).rejects.toThrow("reset");
    expect(await next).toBe("asked");
  });
});

describe("a server that tells nothing", () => {
  /** Calls of 100 ms each; when each began. */
  async function began(paced: RateLimiter, calls: number): Promise<number[]> {
    const at: number[] = [];
    const call = () =>
      paced.run(async () => {
        at.push(Date.now() - START);
        await sleep(100);
        paced.learn(undefined);
      });
    await inFakeTime(Promise.all(Array.from({ length: calls }, call)), 1_000);
    return at;
  }

  test("is held to its documented limit", async () => {
    const paced = pacer({ fallback: { requests: 100, milliseconds: 60_000 } });
    const at = await began(paced, 250);
    const inMinuteFrom = (start: number) =>
      at.filter((time) => time >= start && time < start + 60_000).length;
    expect(Math.max(...at.map(inMinuteFrom))).toBeLessThanOrEqual(100);
    expect(inMinuteFrom(0)).toBeGreaterThanOrEqual(90);
  });

  test("and has no documented limit is not held", async () => {
    const at = await began(pacer({ concurrency: 10 }), 2_000);
    // One to ask, then ten at a time.
    expect(Math.max(...at)).toBeLessThanOrEqual(100 * 202);
    expect(said).toEqual([]);
  });

  test("keeps the budget that it told before", async () => {
    const paced = pacer();
    await paced.run(async () => paced.learn({ remaining: 0, resetMs: 30_000, quota: 100 }));
    paced.learn(undefined);
    expect(await inFakeTime(paced.run(async () => Date.now() - START))).toBeGreaterThanOrEqual(30_000);
  });
});

describe("a pause", () => {
  test("holds all callers, and then one goes and asks", async () => {
    const paced = pacer();
    await paced.run(async () => paced.learn({ remaining: 1_000, resetMs: 300_000, quota: 1_200 }));
    paced.pause(20_000);
    const began: number[] = [];
    const call = () =>
      paced.run(async () => {
        began.push(Date.now() - START);
        await sleep(500);
        paced.learn({ remaining: 1_000, resetMs: 300_000, quota: 1_200 });
      });
    await inFakeTime(Promise.all([call(), call(), call()]), 100);
    expect(began).toEqual([20_000, 20_500, 20_500]);
  });

  test("is not shortened by a second one", async () => {
    const paced = pacer();
    paced.pause(20_000);
    paced.pause(5_000);
    expect(await inFakeTime(paced.run(async () => Date.now() - START))).toBe(20_000);
  });

  test("says what is waited for", async () => {
    const paced = pacer();
    paced.pause(20_000);
    await inFakeTime(paced.run(async () => {}));
    expect(said[0]).toBe("Cloudflare's rate limit is reached: calls waiting: 1; going on");
  });
});

test("no more calls are under way at once than the pacer was given", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), latencies, async (concurrency, times) => {
      const paced = pacer({ concurrency });
      let underWay = 0;
      let most = 0;
      const call = () =>
        paced.run(async () => {
          underWay += 1;
          most = Math.max(most, underWay);
          await sleep(times.next().value);
          underWay -= 1;
          paced.learn({ remaining: 10_000, resetMs: 300_000, quota: 20_000 });
        });
      await inFakeTime(Promise.all(Array.from({ length: 80 }, call)));
      expect(most).toBe(concurrency);
    }),
    { numRuns: 15 },
  );
});

describe("a server that asks for a wait beyond all measure", () => {
  const DAY = 86_400_000;

  test.each([
    ["a day", DAY],
    ["a second more than the longest wait", LONGEST_WAIT + 1_000],
    ["longer than a timer can run", 99_999_999_999_000],
    ["until the year 2099", Date.parse("2099-01-01T00:00:00Z") - START],
    ["for ever", Number.POSITIVE_INFINITY],
  ])("is not waited for: one call at a time goes and asks (%s)", async (_title, resetMs) => {
    const paced = pacer();
    let underWay = 0;
    let most = 0;
    const call = () =>
      paced.run(async () => {
        underWay += 1;
        most = Math.max(most, underWay);
        await sleep(100);
        paced.learn({ remaining: 0, resetMs, quota: 1_200 });
        underWay -= 1;
      });
    await inFakeTime(Promise.all([call(), call(), call(), call(), call()]), 100);
    expect(most).toBe(1);
    expect(Date.now() - START).toBe(500);
    expect(said).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test("is waited for when it is just the longest wait", async () => {
    const paced = pacer();
    await paced.run(async () => paced.learn({ remaining: 0, resetMs: LONGEST_WAIT, quota: 1_200 }));
    expect(
      await inFakeTime(
        paced.run(async () => Date.now() - START),
        60_000,
      ),
    ).toBe(LONGEST_WAIT);
  });

  test("is heard again as soon as it asks for less", async () => {
    const paced = pacer();
    await paced.run(async () => paced.learn({ remaining: 0, resetMs: DAY, quota: 1_200 }));
    await paced.run(async () => paced.learn({ remaining: 0, resetMs: 30_000, quota: 1_200 }));
    expect(await inFakeTime(paced.run(async () => Date.now() - START))).toBeGreaterThanOrEqual(30_000);
  });

  test("does not shorten a wait that it asked for before", async () => {
    const paced = pacer();
    paced.pause(20_000);
    paced.learn({ remaining: 0, resetMs: DAY, quota: 1_200 });
    expect(await inFakeTime(paced.run(async () => Date.now() - START))).toBe(20_000);
  });

  test("cannot make a pause longer than the longest wait either", async () => {
    const paced = pacer();
    paced.pause(99_999_999_999_000);
    expect(
      await inFakeTime(
        paced.run(async () => Date.now() - START),
        60_000,
      ),
    ).toBe(LONGEST_WAIT);
  });

  test("keeps every timer within what a timer can run, whatever it says", async () => {
    const timer = jest.spyOn(globalThis, "setTimeout");
    const odd = fc.constantFrom(0, 1, 2 ** 31, 2 ** 53, Number.MAX_VALUE, Number.POSITIVE_INFINITY);
    const number = fc.oneof(odd, fc.nat(10_000_000));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 8 }),
        async (told) => {
          const began = Date.now();
          const paced = pacer();
          for (const [remaining, resetMs, quota] of told) {
            await inFakeTime(
              paced.run(async () => paced.learn({ remaining, resetMs, quota })),
              60_000,
            );
          }
          expect(Date.now() - began).toBeLessThanOrEqual(told.length * (LONGEST_WAIT + 60_000));
        },
      ),
      { numRuns: 100 },
    );
    for (const [, milliseconds] of timer.mock.calls) expect(milliseconds).toBeLessThan(2 ** 31);
    timer.mockRestore();
  });
});
