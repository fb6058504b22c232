/** Something that was given out with a TTL, from one moment to another, in milliseconds since 1970. */
export interface Given<Item> {
  readonly item: Item;
  readonly id: string;
  readonly ttl: number;
  readonly from: number;
  /** `undefined` while it is given out. */
  readonly to: number | undefined;
}

/** The latest that somebody can have got it. */
export function lastGiven({ to = Date.now() }: Given<unknown>): number {
  return to;
}

/** When the last resolver forgets it. */
export function forgottenAt({ to, ttl }: Given<unknown>): number {
  return to === undefined ? Number.POSITIVE_INFINITY : to + ttl * 1_000;
}

/** All that resolvers can hold, or have held, of something that changes. */
export class Caches<Item> {
  #all: Given<Item>[] = [];

  /** What is given out from now on; `id` tells what it is. */
  give(item: Item, id: string, ttl: number): void {
    const now = Date.now();
    const [current] = this.#all.slice(-1);
    const before = this.#all.slice(0, -1);
    if (current === undefined) this.#all = [{ item, id, ttl, from: now, to: undefined }];
    else if (current.id === id && current.ttl === ttl) this.#all = [...before, { ...current, item }];
    else this.#all = [...before, { ...current, to: now }, { item, id, ttl, from: now, to: undefined }];
  }

  get all(): readonly Given<Item>[] {
    return this.#all;
  }

  /** What some resolver can have, what it would get now included, as far as a resolver keeps such a thing. */
  held(isKept: (item: Item) => boolean = () => true): readonly Item[] {
    return this.#all
      .filter((given) => given.to === undefined || (Date.now() < forgottenAt(given) && isKept(given.item)))
      .map(({ item }) => item);
  }
}
