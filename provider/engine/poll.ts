import { setTimeout as pause } from "node:timers/promises";
import { isDeletion, stopSignal } from "../core/call-scope";
import { WaitError } from "../core/errors";
import { sharedProgress } from "../core/progress";

export type Verdict =
  | { readonly kind: "reached" }
  | { readonly kind: "wait" }
  | { readonly kind: "stuck"; readonly why: string };

export interface Wait<Observed> {
  /** What is waited for, e.g. `domain dom_… to become active in automatic DNSSEC`. */
  readonly subject: string;
  readonly timeoutSeconds: number;
  look(): Promise<Observed>;
  judge(observed: Observed): Verdict;
  /** Why it is not reached yet, for the progress lines. */
  cause?(observed: Observed): string | undefined;
}

export interface Waited<Observed> {
  readonly observed: Observed;
  /** Why the wait ended early, if it did. */
  readonly failure?: string;
}

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** A wait that ends within this time is not worth a line. */
const QUIET = 15_000;

/** The first Ctrl-C asks the engine to wait for what is under way, and a dynamic provider does not hear of it. */
function howToStop(): string {
  // An `up` after it sees no change, since nothing was saved.
  const then = isDeletion()
    ? "run the same command to resume, or `pulumi up --refresh` to keep the resources"
    : "the next `up` resumes";
  return `press Ctrl-C twice to stop; ${then}`;
}

/**
 * Looks again and again, at growing distances, until the judge is content, sees no end, or the time
 * is up. Neither API can tell us by itself. A long wait says so now and then.
 */
export async function pollUntil<Observed>(
  start: Observed,
  wait: Wait<Observed>,
  progress = sharedProgress,
): Promise<Waited<Observed>> {
  const began = Date.now();
  const deadline = began + wait.timeoutSeconds * 1_000;
  let observed = start;
  for (let distance = FIRST_PAUSE; ; distance = Math.min(distance * 2, LONGEST_PAUSE)) {
    const verdict = wait.judge(observed);
    if (verdict.kind === "reached") return { observed };
    if (verdict.kind === "stuck") return { observed, failure: verdict.why };
    const now = Date.now();
    if (now >= deadline) return { observed, failure: `timed out after ${wait.timeoutSeconds} s` };
    if (now - began >= QUIET) {
      const cause = wait.cause?.(observed);
      const why = cause === undefined ? "" : `: ${cause}`;
      const soFar = `${seconds(now - began)} so far${why} (${howToStop()})`;
      progress.say(`Waiting for ${wait.subject}, ${soFar}: giving up`, deadline);
    }
    if (!(await passed(Math.min(distance, deadline - now)))) return { observed, failure: STOPPED };
    observed = await wait.look();
  }
}

/** Waits for what time alone brings about; `until` is in milliseconds since 1970. */
export async function waitOut(subject: string, until: number, progress = sharedProgress): Promise<void> {
  for (let left = until - Date.now(); left > 0; left = until - Date.now()) {
    progress.say(`Waiting for ${subject} (${howToStop()}): going on`, until);
    if (!(await passed(Math.min(left, QUIET))))
      throw new WaitError(`Gave up waiting for ${subject}: ${STOPPED}.\nNext: run the command again.`);
  }
}

/** Why a wait ends that the engine stops. */
export const STOPPED = "the run was told to stop";

/** Whether the time has passed, rather than the call been told to stop. */
async function passed(milliseconds: number): Promise<boolean> {
  const signal = stopSignal();
  try {
    await pause(milliseconds, undefined, signal && { signal });
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1_000)} s`;
}
