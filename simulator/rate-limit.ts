import type { RateLimit } from "./state";

export interface Allowance {
  readonly limit: RateLimit;
  readonly remaining: number;
  /** Until the window ends, or the block of a refused caller. */
  readonly resetSeconds: number;
  readonly refused: boolean;
}

/**
 * What exceeding costs: Cloudflare refuses every call of the credential for one more window, measured
 * from the call that was too much; others open again when the window ends.
 */
export type Penalty = "one-more-window" | "until-window-ends";

interface Window {
  readonly limit: RateLimit;
  readonly endsAt: number;
  used: number;
  blockedUntil: number;
}

/** Counts calls by credential in fixed windows that begin with the first call. */
export class RateLimiter {
  readonly #windows = new Map<string, Window>();

  constructor(
    private readonly penalty: Penalty,
    private readonly now: () => number,
  ) {}

  count(credential: string, limit: RateLimit): Allowance {
    const now = this.now();
    const length = limit.seconds * 1000;
    const window = this.#windowOf(credential, limit, now);
    window.used += 1;
    if (window.used > limit.requests && window.blockedUntil === 0) {
      window.blockedUntil = this.penalty === "one-more-window" ? now + length : window.endsAt;
    }
    return {
      limit,
      remaining: Math.max(0, limit.requests - window.used),
      resetSeconds: Math.ceil((Math.max(window.endsAt, window.blockedUntil) - now) / 1000),
      refused: window.blockedUntil > 0,
    };
  }

  #windowOf(credential: string, limit: RateLimit, now: number): Window {
    const known = this.#windows.get(credential);
    const isOver = !known || now >= (known.blockedUntil || known.endsAt);
    const isChanged = known?.limit.requests !== limit.requests || known.limit.seconds !== limit.seconds;
    if (known && !isOver && !isChanged) return known;
    const fresh = { limit, endsAt: now + limit.seconds * 1000, used: 0, blockedUntil: 0 };
    this.#windows.set(credential, fresh);
    return fresh;
  }
}
