import { setTimeout as pause } from "node:timers/promises";
import { isSecondaryDnsError } from "./errors";
import { nextPause, type Patience } from "./patience";
import type { Progress } from "./progress";
import { type Trouble, troubleOf } from "./trouble";

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
  attempt(number: number): Promise<Result>;
}

/** Tries until it works, the failure is final, or patience ends; the error is then that of the last attempt. */
export async function persist<Result>(call: Persistent<Result>): Promise<Result> {
  // Patience is for one kind of trouble: a reset after a long block is a new one.
  let since: { readonly kind: Trouble["kind"]; readonly at: number } | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call.attempt(attempt);
    } catch (error) {
      const trouble = troubleOf(error);
      const now = Date.now();
      if (since?.kind !== trouble.kind) since = { kind: trouble.kind, at: now };
      const elapsedMs = now - since.at;
      const mayBeDone = trouble.kind === "unsure" || trouble.kind === "garbled";
      if (mayBeDone && call.again.kind === "never") throw error;
      const wait = nextPause({ trouble, attempt, elapsedMs }, call.patience, Math.random);
      if (wait === undefined) throw attempt === 1 ? error : withEffort(error, attempt, elapsedMs);
      call.progress.say(`Could not ${call.operation} yet (${firstLine(error)}): trying again`, now + wait);
      await pause(wait);
      if (mayBeDone && call.again.kind === "recover") {
        const found = await call.again.look().catch((failed: unknown) => {
          throw unseen(error, failed);
        });
        if (found !== undefined) return found;
      }
    }
  }
}

/** Of the two failures the first is what matters: something may have been made that nobody sees. */
function unseen(error: unknown, failedLook: unknown): unknown {
  if (isSecondaryDnsError(error)) {
    error.message += `\n  Whether it was done could not be seen: ${firstLine(failedLook)}`;
  }
  return error;
}

function withEffort(error: unknown, attempts: number, elapsedMs: number): unknown {
  // Callers that share a read share its error.
  if (isSecondaryDnsError(error) && !error.message.includes("Gave up after"))
    error.message += `\n  Gave up after ${attempts} attempts in ${Math.round(elapsedMs / 1_000)} s.`;
  return error;
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
