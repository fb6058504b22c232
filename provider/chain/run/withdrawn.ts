import type { ParentMemory } from "../view/parent-memory";

/**
 * What this run has seen go from the parents. Of a zone's resources the one that withdrew the DS knows when that was; what
 * the state has for the others is from before.
 */
export class WithdrawnDs {
  readonly #byZone = new Map<string, ParentMemory>();
  readonly #leaving = new Map<string, Promise<unknown>>();

  /** Runs what takes out a zone's DS: until it has ended nobody can tell what resolvers hold. */
  async during<Result>(zoneName: string, work: () => Promise<Result>): Promise<Result> {
    const leaving = work();
    this.#leaving.set(zoneName, leaving);
    try {
      return await leaving;
    } finally {
      this.#leaving.delete(zoneName);
    }
  }

  isLeaving(zoneName: string): boolean {
    return this.#leaving.has(zoneName);
  }

  /** When nothing takes it out any more, whatever came of it. */
  async settled(zoneName: string): Promise<void> {
    await Promise.allSettled([this.#leaving.get(zoneName)]);
  }

  note(zoneName: string, memory: ParentMemory): void {
    this.#byZone.set(zoneName, memory);
  }

  clear(): void {
    this.#byZone.clear();
  }

  of(zoneName: string): ParentMemory | undefined {
    return this.#byZone.get(zoneName);
  }
}
