import { setTimeout as pause } from "node:timers/promises";
import { withNote } from "./errors";
import { nextPause, type Patience } from "./patience";
import type { Progress } from "./progress";
import { troubleOf } from "./trouble";
import { TroubleClock } from "./trouble-clock";

/** How a call that may have been processed is brought to its end. */
export type Again<Result> =
  /** Nobody can tell, so it is not sent again. */
  | { readonly kind: "never" }
  /** Sending it twice does no more than sending it once. */
  | { readonly kind: "repeat" }
  /** Looks for what the lost attempt made; `undefined`: it made nothing, so it can be sent again. */
  | { readonly kind: "recover"; readonly look: () => Promise<Result | undefined> };

export interface Persistent<Result> {
  readonly operation: string;
  readonly again: Again<Result>;
  readonly patience: Patience;
  readonly progress: Progress;
  /** `begin` is for when its turn has come: patience is not spent on waiting for that. */
  attempt(number: number, begin: () => void): Promise<Result>;
}

/** Tries until it works, the failure is final, or patience ends; the error is then that of the last attempt. */
export async function persist<Result>(call: Persistent<Result>): Promise<Result> {
  const clock = new TroubleClock();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call.attempt(attempt, clock.queue());
    } catch (error) {
      const trouble = troubleOf(error);
      const time = clock.failed(trouble.kind);
      const mayBeDone = trouble.kind === "unsure" || trouble.kind === "garbled";
      if (mayBeDone && call.again.kind === "never") throw error;
      const wait = nextPause({ trouble, attempt, ...time }, call.patience, Math.random);
      if (wait === undefined) throw attempt === 1 ? error : withNote(error, effort(attempt, time.wholeMs));
      call.progress.say(
        `Could not ${call.operation} yet (${firstLine(error)}): trying again`,
        Date.now() + wait,
      );
      await pause(wait);
      if (mayBeDone && call.again.kind === "recover") {
        const found = await call.again.look().catch((failed: unknown) => {
          // Of the two failures the first is what matters: something may have been made that nobody sees.
          throw withNote(error, `Whether it was done could not be seen: ${firstLine(failed)}`);
        });
        if (found !== undefined) return found;
      }
    }
  }
}

function effort(attempts: number, milliseconds: number): string {
  return `Gave up after ${attempts} attempts in ${Math.round(milliseconds / 1_000)} s.`;
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
