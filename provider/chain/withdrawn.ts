import type { ParentMemory } from "./parent-memory";

/**
 * What this run has seen go from the parents. Of a zone's resources the one that withdrew the DS knows when that was; what
 * the state has for the others is from before.
 */
export class WithdrawnDs {
  readonly #byZone = new Map<string, ParentMemory>();

  note(zoneName: string, memory: ParentMemory): void {
    this.#byZone.set(zoneName, memory);
  }

  of(zoneName: string): ParentMemory | undefined {
    return this.#byZone.get(zoneName);
  }
}
