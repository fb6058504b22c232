import type { DsText } from "./ds";

interface Change {
  readonly began: number;
  readonly ended: number;
  readonly ds: readonly DsText[];
}

/** Which DS records the parent has had, and when. */
export class DsHistory {
  readonly #changes: Change[] = [];

  constructor(private readonly now: () => number = Date.now) {}

  get current(): readonly DsText[] {
    return this.#changes.at(-1)?.ds ?? [];
  }

  /** Makes a change, and notes how long it took to be made. */
  async record(ds: readonly DsText[], make: () => Promise<void>): Promise<void> {
    const began = this.now();
    await make();
    this.#changes.push({ began, ended: this.now(), ds });
  }

  /** Whether there was a DS at any moment from the one time to the other, both included. */
  stood(from: number, to: number): boolean {
    const standsAtStart = this.#changes.findLast(({ ended }) => ended <= from);
    const later = this.#changes.filter(({ began, ended }) => began <= to && ended > from);
    return standsAtStart !== undefined && [standsAtStart, ...later].every(({ ds }) => ds.length > 0);
  }
}
