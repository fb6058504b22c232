import { LONGEST_WAIT } from "../core/bounds";
import type { FailureClass } from "./classify-failure";

/**
 * How long to go on while the same failure comes again, in milliseconds, by its class. The time that a
 * call waits for its turn does not count.
 */
export interface RetryPolicy {
  /** A wrong base URL looks like this too, so it must not take long. */
  readonly unsent: number;
  readonly unsure: number;
  /** Longer than Cloudflare's block of 5 minutes, twice. */
  readonly limited: number;
  /** A proxy's login page stays; a cut-off response does not come again. */
  readonly garbled: number;
  readonly firstPause: number;
  readonly longestPause: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  unsent: 30_000,
  unsure: 300_000,
  limited: LONGEST_WAIT,
  garbled: 5_000,
  firstPause: 500,
  longestPause: 30_000,
};

export interface FailedAttempt {
  readonly failure: FailureClass;
  /** 1 after the first attempt. */
  readonly attempt: number;
  /** Since the first one of those in a row that meant the same. */
  readonly elapsedMs: number;
  /** Since the first one. */
  readonly wholeMs: number;
}

/**
 * How long to pause before the next attempt, or `undefined` to give up. Full jitter (a random part of
 * a limit that doubles) keeps many callers from coming back at the same moment; where the service
 * says when to come back, that holds, and nobody comes sooner.
 */
export function nextPause(
  attempted: FailedAttempt,
  retryPolicy: RetryPolicy,
  random: () => number,
): number | undefined {
  const { failure, attempt, elapsedMs, wholeMs } = attempted;
  if (failure.kind === "final") return undefined;
  const limit = Math.min(retryPolicy.longestPause, retryPolicy.firstPause * 2 ** (attempt - 1));
  const asked = "waitMs" in failure ? failure.waitMs : undefined;
  const pause = (asked ?? 0) + random() * limit;
  const isOver = elapsedMs + pause > retryPolicy[failure.kind] || wholeMs + pause > wholeOf(retryPolicy);
  return isOver ? undefined : pause;
}

/**
 * Enough for every class of failure once and to its end, such as a reset after a long block. A service
 * that goes to and fro between them would otherwise be tried for ever.
 */
function wholeOf({ unsent, unsure, limited, garbled }: RetryPolicy): number {
  return unsent + unsure + limited + garbled;
}
