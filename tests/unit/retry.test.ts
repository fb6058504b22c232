import { ApiError, NetworkError, UnexpectedAnswerError } from "../../provider/core/errors";
import { type Again, retry } from "../../provider/http/retry";
import { DEFAULT_RETRY_POLICY } from "../../provider/http/retry-policy";

/** Jest's fake timers do not reach this module; the global one they do. */
jest.mock("node:timers/promises", () => ({
  setTimeout: (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}));

const START = Date.parse("2026-01-01T00:00:00.000Z");

const context = {
  service: "Cloudflare",
  operation: "make it",
  method: "POST",
  url: "https://api.example/it",
  hint: "try",
} as const;
const refused = (status: number, waitMs?: number) =>
  new ApiError({ ...context, status, problems: [], ...(waitMs === undefined ? {} : { waitMs }) });
const lost = () => new NetworkError({ ...context, reason: "reset", reasonCode: "ECONNRESET" });
const unsent = () => new NetworkError({ ...context, reason: "refused", reasonCode: "ECONNREFUSED" });
const cutOff = () => new UnexpectedAnswerError({ ...context, status: 200, reason: "cut off" });

const elsewhere = () =>
  new UnexpectedAnswerError({ ...context, status: 200, kind: "contradiction", reason: "another name" });

let said: { what: string; until: number }[];

beforeEach(() => {
  said = [];
  jest.useFakeTimers({ now: START });
  jest.spyOn(Math, "random").mockReturnValue(0.5);
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** In fake time: an attempt throws what the script gives for it, or answers it. */
async function run(
  script: (attempt: number) => unknown,
  again: Again<unknown> = { kind: "repeat" },
  queueMs = 0,
) {
  const attempts: number[] = [];
  const at: number[] = [];
  const end = retry<unknown>({
    operation: "make it",
    again,
    retryPolicy: DEFAULT_RETRY_POLICY,
    progress: { say: (what, until) => said.push({ what, until: until - START }) },
    async attempt(number, begin) {
      if (queueMs > 0) await new Promise((resolve) => setTimeout(resolve, queueMs));
      begin();
      attempts.push(number);
      at.push(Date.now() - START);
      const outcome = script(number);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  }).then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  let over = false;
  void end.finally(() => {
    over = true;
  });
  while (!over) await jest.advanceTimersByTimeAsync(250);
  return { ...(await end), attempts, at };
}

const failing =
  (times: number, error: () => Error) =>
  (attempt: number): unknown =>
    attempt <= times ? error() : "done";

const messageOf = (outcome: object): string =>
  "error" in outcome && outcome.error instanceof Error ? outcome.error.message : "";

describe("a call that can be repeated", () => {
  test("is made once when it works", async () => {
    expect(await run(() => "done")).toMatchObject({ result: "done", attempts: [1] });
  });

  test.each([
    ["was lost", lost],
    ["was not sent", unsent],
    ["was cut off", cutOff],
    ["met a 502", () => refused(502)],
    ["met a 429", () => refused(429)],
  ])("is made again when it %s", async (_title, error) => {
    expect(await run(failing(2, error))).toMatchObject({ result: "done", attempts: [1, 2, 3] });
  });

  test("comes back at growing distances", async () => {
    const { at } = await run(failing(4, lost));
    expect(at).toEqual([0, 250, 750, 1_750, 3_750]);
  });

  test("does not come back before the service asks it to", async () => {
    const { at } = await run(failing(1, () => refused(429, 20_000)));
    expect(at).toEqual([0, 20_250]);
  });

  test("ends at once, with the error untouched, when it will fail again", async () => {
    const error = refused(403);
    const { message } = error;
    const outcome = await run(() => error);
    expect(outcome).toMatchObject({ error, attempts: [1] });
    expect(messageOf(outcome)).toBe(message);
  });

  test("ends with the last error and the effort when patience ends", async () => {
    const outcome = await run((attempt) => (attempt < 5 ? lost() : refused(503)));
    expect(messageOf(outcome)).toMatch(/HTTP 503[\s\S]*\n {2}Gave up after \d+ attempts in \d+ s\.$/);
    expect(outcome).toMatchObject({ error: expect.any(ApiError) });
    expect(Math.max(...outcome.at)).toBeLessThanOrEqual(300_000);
    expect(Math.max(...outcome.at)).toBeGreaterThan(250_000);
  });

  test("ends at once when the service asks for more time than there is", async () => {
    const outcome = await run(() => refused(429, 3_600_000));
    expect(outcome.attempts).toEqual([1]);
    expect(messageOf(outcome)).not.toContain("Gave up");
  });

  test("has its patience for a reset still after a long block", async () => {
    const script = (attempt: number) => [refused(429, 300_000), cutOff(), lost()][attempt - 1] ?? "done";
    expect(await run(script)).toMatchObject({ result: "done", attempts: [1, 2, 3, 4] });
  });

  test("ends although the trouble changes every time, when all kinds of it have had their time", async () => {
    const outcome = await run((attempt) => (attempt % 2 ? refused(429) : refused(502)));
    expect(messageOf(outcome)).toContain("Gave up after");
    expect(Math.max(...outcome.at)).toBeLessThanOrEqual(1_235_000);
    expect(Math.max(...outcome.at)).toBeGreaterThan(1_200_000);
  });

  test("spends no patience on waiting for its turn", async () => {
    const outcome = await run(failing(3, cutOff), { kind: "repeat" }, 600_000);
    expect(outcome).toMatchObject({ result: "done", attempts: [1, 2, 3, 4] });
  });

  test("tells of its effort without the time it waited for its turn", async () => {
    const outcome = await run(cutOff, { kind: "repeat" }, 600_000);
    const [, seconds] = /Gave up after \d+ attempts in (\d+) s/.exec(messageOf(outcome)) ?? [];
    expect(Number(seconds)).toBeLessThanOrEqual(5);
  });

  test.each([
    ["was lost", lost()],
    ["was cut off", cutOff()],
    ["was refused", refused(502)],
  ])("leaves the error as it is when it %s, for others may have it too", async (_title, shared) => {
    const { message, data } = shared;
    const [one, two] = [await run(() => shared), await run(() => shared)];
    expect(shared).toMatchObject({ message, data });
    for (const outcome of [one, two]) {
      expect(outcome).toMatchObject({ error: expect.any(shared.constructor) });
      expect(messageOf(outcome)).toMatch(/\n {2}Gave up after \d+ attempts in \d+ s\.$/);
      expect(messageOf(outcome).replace(/\n {2}Gave up after.*$/, "")).toBe(message);
    }
  });

  test("says what it waits for and until when", async () => {
    await run(failing(1, () => refused(429, 20_000)));
    expect(said).toEqual([
      {
        what: "Could not make it yet (Cloudflare refused to make it: HTTP 429): trying again",
        until: 20_250,
      },
    ]);
  });
});

describe("a call that must not be repeated", () => {
  const never = { kind: "never" } as const;

  test.each([
    ["was lost", lost],
    ["was cut off", cutOff],
    ["met a 502", () => refused(502)],
  ])("is not made again when it %s, for it may have been processed", async (_title, error) => {
    expect(await run(failing(1, error), never)).toMatchObject({ attempts: [1], error: expect.any(Error) });
  });

  test.each([
    ["was not sent", unsent],
    ["met a 429", () => refused(429)],
  ])("is made again when it %s, for nothing was done", async (_title, error) => {
    expect(await run(failing(1, error), never)).toMatchObject({ result: "done", attempts: [1, 2] });
  });
});

describe("a call that can be recovered", () => {
  /** Looks find what the list gives for them. */
  function looking(...finds: unknown[]) {
    const looks: number[] = [];
    const again: Again<unknown> = {
      kind: "recover",
      async look() {
        looks.push(Date.now() - START);
        const found = finds[looks.length - 1];
        if (found instanceof Error) throw found;
        return found;
      },
    };
    return { looks, again };
  }

  test.each([
    ["was lost", lost],
    ["was cut off", cutOff],
    ["met a 502", () => refused(502)],
  ])("is not made again when it %s and a look finds what it made", async (_title, error) => {
    const { again, looks } = looking("found");
    expect(await run(failing(1, error), again)).toMatchObject({ result: "found", attempts: [1] });
    expect(looks).toEqual([250]);
  });

  test("is made again when a look finds nothing", async () => {
    const { again, looks } = looking(undefined, undefined);
    expect(await run(failing(2, lost), again)).toMatchObject({ result: "done", attempts: [1, 2, 3] });
    expect(looks).toHaveLength(2);
  });

  test.each([
    ["was not sent", unsent],
    ["met a 429", () => refused(429)],
  ])("is made again without a look when it %s", async (_title, error) => {
    const { again, looks } = looking("found");
    expect(await run(failing(1, error), again)).toMatchObject({ result: "done", attempts: [1, 2] });
    expect(looks).toEqual([]);
  });

  test("looks after every attempt that may have been processed, not the last alone", async () => {
    const { again, looks } = looking(undefined, "found");
    const outcome = await run((attempt) => (attempt === 2 ? unsent() : lost()), again);
    expect(outcome).toMatchObject({ result: "found", attempts: [1, 2, 3] });
    expect(looks).toHaveLength(2);
  });

  test("is not made again when the look fails: something may be there that nobody sees", async () => {
    const { again } = looking(refused(403));
    const outcome = await run(failing(1, lost), again);
    expect(outcome).toMatchObject({ attempts: [1], error: expect.any(Error) });
    expect(messageOf(outcome)).toContain("reset");
    expect(messageOf(outcome)).toContain("HTTP 403");
  });

  test("leaves the error as it is when the look fails too", async () => {
    const [error, { again }] = [lost(), looking(refused(403))];
    const { message } = error;
    expect(messageOf(await run(() => error, again))).toBe(
      `${message}\n  Whether it was done could not be seen: Cloudflare refused to make it: HTTP 403`,
    );
    expect(error.message).toBe(message);
  });
});

describe("an answer that speaks of something else than was asked for", () => {
  const looking = (found: unknown): Again<unknown> => ({
    kind: "recover",
    async look() {
      if (found instanceof Error) throw found;
      return found;
    },
  });

  test.each<Again<unknown>["kind"]>(["repeat", "recover"])(
    "gives way to what a look finds, and the call is not made again (%s)",
    async (kind) => {
      const again: Again<unknown> = { kind, look: async () => "found" } as const;
      expect(await run(failing(9, elsewhere), again)).toMatchObject({
        result: "found",
        attempts: [1],
        at: [0],
      });
    },
  );

  test.each([
    ["that can be repeated", { kind: "repeat" } as const],
    ["that must not be repeated", { kind: "never" } as const],
    ["of which a look finds nothing", looking(undefined)],
  ])("ends a call %s, with its own error", async (_title, again) => {
    const error = elsewhere();
    expect(await run(() => error, again)).toMatchObject({ error, attempts: [1] });
  });

  test("ends the call when the look fails, and tells of both", async () => {
    const outcome = await run(elsewhere, looking(refused(403)));
    expect(outcome.attempts).toEqual([1]);
    expect(messageOf(outcome)).toContain("another name");
    expect(messageOf(outcome)).toContain("Whether it was done could not be seen: Cloudflare refused");
  });
});

describe("a call that would make a second object", () => {
  const making = (...finds: unknown[]): Again<unknown> => ({
    kind: "recover",
    makesAnother: true,
    look: async () => finds.shift(),
  });

  test("is not made again after a success that cannot be read, though a look finds nothing yet", async () => {
    const outcome = await run(failing(1, cutOff), making());
    expect(outcome.attempts).toEqual([1]);
    expect(messageOf(outcome)).toContain("cut off");
    expect(messageOf(outcome)).toContain("It may have been done, so it was not sent again");
  });

  test("takes what the look finds", async () => {
    expect(await run(failing(1, cutOff), making("found"))).toMatchObject({ result: "found", attempts: [1] });
  });

  test("is made again after an answer that was lost, when a look finds nothing", async () => {
    expect(await run(failing(1, lost), making())).toMatchObject({ result: "done", attempts: [1, 2] });
  });
});
