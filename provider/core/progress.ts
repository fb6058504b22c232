import { say } from "./call-scope";

/** Says what is waited for, at most once in so many milliseconds whatever the number of waiters. */
export interface Progress {
  /** Nothing is printed for a wait that ends soon. `until` is in milliseconds since 1970. */
  say(what: string, until: number): void;
}

const EVERY = 15_000;
const SOON = 3_000;

/** Printed lines show in the CLI at once, as information on the stack. */
export function createProgress(print: (line: string) => void = say): Progress {
  let last = Number.NEGATIVE_INFINITY;
  return {
    say(what, until) {
      const now = Date.now();
      if (until - now < SOON || now - last < EVERY) return;
      last = now;
      print(`${what} in ${Math.ceil((until - now) / 1_000)} s (${new Date(until).toISOString()})`);
    },
  };
}

/** That of the whole process: retries, the rate limit and waits have one line in 15 s between them. */
export const sharedProgress = createProgress();
