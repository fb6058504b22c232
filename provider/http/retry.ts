import { setTimeout as pause } from "node:timers/promises";
import { withNote } from "../core/errors";
import type { Progress } from "../core/progress";
import { classifyFailure, type FailureClass } from "./classify-failure";
import { nextPause, type RetryPolicy } from "./retry-policy";

/** Looks at what is there now; `undefined`: not what was asked for. */
export type Look<Result> = () => Promise<Result | undefined>;

/** How a call that may have been processed is brought to its end. */
export type Again<Result> =
  /** Nobody can tell, so it is not sent again. */
  | { readonly kind: "never" }
  /** Sending it twice does no more than sending it once. The look is for a response that speaks of something else. */
  | { readonly kind: "repeat"; readonly look?: Look<Result> }
  /**
   * Looks for what the lost attempt made, and sends it again when it made nothing. What `makesAnother` is not sent
   * again after a success, even one that cannot be read: the look may have come too early.
   */
  | { readonly kind: "recover"; readonly look: Look<Result>; readonly makesAnother?: true };

export interface RetriedCall<Result> {
  readonly operation: string;
  readonly again: Again<Result>;
  readonly retryPolicy: RetryPolicy;
  readonly progress: Progress;
  /** `begin` is for when its turn has come: the time that it waits for that does not count. */
  attempt(number: number, begin: () => void): Promise<Result>;
}

/** Tries until it works, the failure is final, or the retry policy gives up; the error is then that of the last attempt. */
export async function retry<Result>(call: RetriedCall<Result>): Promise<Result> {
  const { again, retryPolicy, progress } = call;
  const clock = new FailureClock();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call.attempt(attempt, clock.queue());
    } catch (error) {
      const failure = classifyFailure(error);
      if (failure.kind === "garbled" && failure.speaksOfElse) return seenInstead(again, error);
      const time = clock.failed(failure.kind);
      const mayBeDone = failure.kind === "unsure" || failure.kind === "garbled";
      if (mayBeDone && again.kind === "never") throw error;
      const wait = nextPause({ failure, attempt, ...time }, retryPolicy, Math.random);
      if (wait === undefined) throw attempt === 1 ? error : withNote(error, effort(attempt, time.wholeMs));
      progress.say(`Could not ${call.operation} yet (${firstLine(error)}): trying again`, Date.now() + wait);
      await pause(wait);
      if (!mayBeDone || again.kind !== "recover") continue;
      const found = await seen(again.look, error);
      if (found !== undefined) return found;
      if (failure.kind === "garbled" && again.makesAnother) throw withNote(error, NOTHING_SEEN);
    }
  }
}

const NOTHING_SEEN = "It may have been done, so it was not sent again; a check found no sign of it.";

/** The response spoke of something else; what is there counts. */
async function seenInstead<Result>(again: Again<Result>, error: unknown): Promise<Result> {
  if (!("look" in again)) throw error;
  const found = await seen(again.look, error);
  if (found === undefined) throw error;
  return found;
}

async function seen<Result>(look: Look<Result>, error: unknown): Promise<Result | undefined> {
  try {
    return await look();
  } catch (failed) {
    // Of the two failures the first is what matters: something may have been made that nobody sees.
    throw withNote(error, `Whether it was done could not be seen: ${firstLine(failed)}`);
  }
}

function effort(attempts: number, milliseconds: number): string {
  return `Gave up after ${attempts} attempts in ${Math.round(milliseconds / 1_000)} s.`;
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}

/** How long one call has been failing, without the time in which it only waited for its turn. */
class FailureClock {
  #inQueue = 0;
  #first: number | undefined;
  #same: { readonly kind: FailureClass["kind"]; readonly at: number } | undefined;

  /** Starts a wait for a turn; to call when the turn has come. */
  queue(): () => void {
    const asked = Date.now();
    return () => {
      this.#inQueue += Date.now() - asked;
    };
  }

  /** Milliseconds since the first failure, and since the first one of those in a row of this kind. */
  failed(kind: FailureClass["kind"]): { readonly wholeMs: number; readonly elapsedMs: number } {
    const now = Date.now() - this.#inQueue;
    this.#first ??= now;
    // A reset after a long block is another failure.
    if (this.#same?.kind !== kind) this.#same = { kind, at: now };
    return { wholeMs: now - this.#first, elapsedMs: now - this.#same.at };
  }
}
