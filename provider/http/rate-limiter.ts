import { LONGEST_WAIT } from "../core/bounds";
import type { Progress } from "../core/progress";
import type { Allowance } from "./rate-headers";

export interface RateLimiterOptions {
  /** Calls under way at once. */
  readonly concurrency?: number;
  /** What to assume of a server that sends no headers; left out, it is believed to have no limit. */
  readonly fallback?: { readonly requests: number; readonly milliseconds: number };
  readonly progress: Progress;
  readonly subject: string;
}

interface Budget {
  /** As the server told it last. */
  readonly told: number;
  /** As the server counts it, less what has been sent since. */
  remaining: number;
  resetAt: number;
  readonly quota: number;
  /** What has been sent from here since the window began. */
  sent: number;
  /** Whether others spend it too, for all that is known. */
  readonly isShared: boolean;
}

/** A reset that is told this much later belongs to a new window, not to a rounded second or a slow response of the old one. */
const NEW_WINDOW = 5_000;
/** Left for calls of other processes that are under way while we count, and for the probe of a new window. */
const RESERVE = 0.05;
/** The same while nobody else has been seen: one who comes just then must not find nothing. */
const RESERVE_ALONE = 0.02;
/** Of what is left, so much may be under way at once: others, who do not know of us, do the same. */
const SHARE = 0.25;
const UNTOLD_QUOTA = 100;

/**
 * Lets calls through as fast as the server's own numbers allow and no faster, for all resources that
 * share a credential. The numbers count what other processes spend, so two `up`s at once share one
 * budget. Until the server has said what is left, one call at a time goes and asks.
 */
export class RateLimiter {
  readonly #concurrency: number;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #budget: Budget | undefined;
  #pausedUntil = 0;
  #alarm: NodeJS.Timeout | undefined;

  constructor(private readonly options: RateLimiterOptions) {
    this.#concurrency = options.concurrency ?? 24;
  }

  /** Runs the call when its turn comes. What it tells of the budget counts for all that wait. */
  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((go) => {
      this.#waiting.push(go);
      this.#letGo();
    });
    try {
      return await call();
    } finally {
      this.#underWay -= 1;
      this.#letGo();
    }
  }

  /** Takes over what a response said; `undefined`: it said nothing. */
  learn(allowance: Allowance | undefined): void {
    const now = Date.now();
    if (allowance === undefined) {
      this.#budget ??= this.#assumed(now);
      return;
    }
    const { remaining, resetMs, quota = this.#budget?.quota ?? UNTOLD_QUOTA } = allowance;
    const reset = now + resetMs;
    const known = this.#budget;
    const isSame = known !== undefined && known.resetAt > now && reset < known.resetAt + NEW_WINDOW;
    // Within a window no more is left than before: a response that says so was overtaken by a later one.
    if (isSame && remaining > known.told) return;
    // Seconds are rounded up, so within one window the earliest reset that was told is nearest to the truth.
    const resetAt = isSame ? Math.min(known.resetAt, reset) : reset;
    const sent = isSame ? known.sent : this.#underWay;
    // More is gone than was sent from here, or nobody can tell.
    const isShared = (isSame && known.isShared) || allowance.quota === undefined || quota - remaining > sent;
    // The call itself is still under way, and it is counted already.
    const left = remaining - (this.#underWay - 1);
    this.#budget = { told: remaining, remaining: left, resetAt, quota, sent, isShared };
  }

  /** Holds everybody back, as a 429 asks, within bounds. */
  pause(milliseconds: number): void {
    const asked = Math.min(milliseconds, LONGEST_WAIT);
    this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + asked);
    this.#budget = undefined;
  }

  #assumed(now: number): Budget {
    const { requests, milliseconds } = this.options.fallback ?? {
      requests: Number.POSITIVE_INFINITY,
      milliseconds: 60_000,
    };
    const sent = this.#underWay;
    const resetAt = now + milliseconds;
    return { told: requests, remaining: requests - sent, resetAt, quota: requests, sent, isShared: true };
  }

  #letGo(): void {
    for (;;) {
      const next = this.#waiting[0];
      if (next === undefined) return;
      const wait = this.#waitFor(Date.now());
      if (wait === "response") return;
      if (wait > 0) {
        this.#wakeIn(wait);
        return;
      }
      this.#waiting.shift();
      this.#underWay += 1;
      if (this.#budget) {
        this.#budget.remaining -= 1;
        this.#budget.sent += 1;
      }
      next();
    }
  }

  /** Milliseconds to wait, or that the next response has to come first. */
  #waitFor(now: number): number | "response" {
    if (now < this.#pausedUntil) return this.#pausedUntil - now;
    if (this.#budget && this.#budget.resetAt <= now) this.#budget = undefined;
    if (this.#budget === undefined) return this.#underWay > 0 ? "response" : 0;
    const { remaining, resetAt, quota, isShared } = this.#budget;
    const most = Math.min(this.#concurrency, Math.max(1, remaining * SHARE));
    if (this.#underWay >= most) return "response";
    const reserve = Number.isFinite(quota) ? Math.ceil(quota * (isShared ? RESERVE : RESERVE_ALONE)) : 0;
    const wait = resetAt - now;
    // A longer one is not waited for: one call at a time goes and asks whether it is true.
    return remaining > reserve || wait > LONGEST_WAIT ? 0 : wait;
  }

  #wakeIn(milliseconds: number): void {
    this.options.progress.say(
      `${this.options.subject}'s rate limit is reached: calls waiting: ${this.#waiting.length}; going on`,
      Date.now() + milliseconds,
    );
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.#letGo(), milliseconds);
  }
}
