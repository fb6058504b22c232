/**
 * Time in the model: it stands still until a step or a wait of the program moves it. Only `Date` is taken over, so that
 * sockets go on as ever.
 */
const START = Date.parse("2026-01-01T00:00:00.000Z");

export function stopTheClock(): void {
  jest.useFakeTimers({
    now: START,
    doNotFake: [
      "hrtime",
      "nextTick",
      "performance",
      "queueMicrotask",
      "setImmediate",
      "clearImmediate",
      "setInterval",
      "clearInterval",
      "setTimeout",
      "clearTimeout",
    ],
  });
}

export function now(): number {
  return Date.now();
}

export function pass(seconds: number): void {
  jest.setSystemTime(Date.now() + seconds * 1_000);
}

/** What has to be through before time may pass, such as a transfer under way. */
let settle: () => Promise<void> = () => Promise.resolve();

export function settleBy(way: () => Promise<void>): void {
  settle = way;
}

/** In place of Node's: a wait costs no time, but what was begun before it comes to its end. */
export async function pause(milliseconds: number): Promise<void> {
  await settle();
  pass(milliseconds / 1_000);
}
