/**
 * For how long resolvers keep the keys of zones, as this run has seen them. Of a zone's resources the one that changes who
 * signs it sees the keys from before, which the DS of the next ones has to outlast.
 */
export class SeenKeyTtls {
  readonly #byZone = new Map<string, number>();

  /** In seconds. */
  note(zoneName: string, keyTtl: number): void {
    this.#byZone.set(zoneName, Math.max(keyTtl, this.longest(zoneName)));
  }

  longest(zoneName: string): number {
    return this.#byZone.get(zoneName) ?? 0;
  }
}
