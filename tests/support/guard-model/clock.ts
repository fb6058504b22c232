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

/** What happens to the world while the program waits. */
let wait: (seconds: number) => Promise<void> = (seconds) => Promise.resolve(pass(seconds));

export function waitBy(way: (seconds: number) => Promise<void>): void {
  wait = way;
}

/** In place of Node's: a wait costs no time. */
export function pause(milliseconds: number): Promise<void> {
  return wait(milliseconds / 1_000);
}
