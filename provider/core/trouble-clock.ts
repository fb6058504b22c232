import type { FailureClass } from "./trouble";

/** How long one call has been failing, without the time in which it only waited for its turn. */
export class FailureClock {
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
