import { formatName, keyOf, type Name } from "../dns/name";
import { negativeTtl, type ParentWord } from "./parent-server";
import type { ParentType } from "./records";

/** One entry as the control plane shows it. */
export interface CachedAnswer {
  readonly name: string;
  readonly type: ParentType;
  /** Rdata in presentation form; empty for a negative answer. */
  readonly values: readonly string[];
  /** The seconds that are left. */
  readonly ttl: number;
}

interface Entry {
  readonly name: Name;
  readonly word: ParentWord;
  readonly expiresAt: number;
}

/** What a resolver has heard from parents and still holds. */
export class ResolverCache {
  readonly #entries = new Map<string, Entry>();

  /** `now` is in milliseconds since 1970. */
  constructor(private readonly now: () => number) {}

  /** The entry with the seconds left of it as its TTL. */
  find(name: Name, type: ParentType): ParentWord | undefined {
    const entry = this.#entries.get(`${type} ${keyOf(name)}`);
    return entry && entry.expiresAt > this.now() ? { ...entry.word, ttl: this.#left(entry) } : undefined;
  }

  keep(name: Name, word: ParentWord): void {
    const life = word.values.length > 0 ? word.ttl : negativeTtl(word.ttl);
    const expiresAt = this.now() + life * 1000;
    this.#entries.set(`${word.type} ${keyOf(name)}`, { name, word, expiresAt });
  }

  list(): readonly CachedAnswer[] {
    return [...this.#entries.values()]
      .filter(({ expiresAt }) => expiresAt > this.now())
      .map((entry) => ({
        name: formatName(entry.name),
        type: entry.word.type,
        values: entry.word.values,
        ttl: this.#left(entry),
      }));
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Rounded up: an entry that is still held never shows 0. */
  #left({ expiresAt }: Entry): number {
    return Math.ceil((expiresAt - this.now()) / 1000);
  }
}
