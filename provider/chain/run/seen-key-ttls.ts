/**
 * For how long resolvers keep the keys of zones, as this run has seen them. Of a zone's resources the one that changes who
 * signs it sees the keys from before, which the DS of the next ones has to outlast.
 */
export class SeenKeyTtls {
  readonly #byZone = new Map<string, number>();
  readonly #pastUntil = new Map<string, number>();

  /** In seconds. */
  note(zoneName: string, keyTtl: number): void {
    this.#byZone.set(zoneName, Math.max(keyTtl, this.longest(zoneName)));
  }

  longest(zoneName: string): number {
    return this.#byZone.get(zoneName) ?? 0;
  }

  /** That keys of a signer from before are in caches until then, in milliseconds since 1970. */
  notePast(zoneName: string, until: number): void {
    this.#pastUntil.set(zoneName, Math.max(until, this.pastUntil(zoneName)));
  }

  pastUntil(zoneName: string): number {
    return this.#pastUntil.get(zoneName) ?? 0;
  }

  clear(): void {
    this.#byZone.clear();
    this.#pastUntil.clear();
  }
}
