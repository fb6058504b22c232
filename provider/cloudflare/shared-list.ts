import type { CloudflareClient } from "./client";

/** A refresh of many objects takes the engine seconds: reads that follow one another so closely share a list, */
const CLOSE_MS = 2_000;
/** but none that is older than this. */
const OLDEST_MS = 15_000;

interface List<Item> {
  readonly at: number;
  usedAt: number;
  readonly items: Promise<Item[]>;
}

/** The lists of one kind of object that many resources of a run look into, one for each account. */
export class SharedLists<Item> {
  #byClient = new WeakMap<CloudflareClient, Map<string, List<Item>>>();

  /** What is there now, by `list` unless that was asked a moment ago. */
  get(client: CloudflareClient, accountId: string, list: () => Promise<Item[]>): Promise<Item[]> {
    const lists = this.#of(client);
    const now = Date.now();
    const known = lists.get(accountId);
    if (known !== undefined && now - known.usedAt < CLOSE_MS && now - known.at < OLDEST_MS) {
      known.usedAt = now;
      return known.items;
    }
    const made = { at: now, usedAt: now, items: list() };
    lists.set(accountId, made);
    made.items.catch(() => {
      if (lists.get(accountId) === made) lists.delete(accountId);
    });
    return made.items;
  }

  /** After a write: what was listed before is not true any more. */
  forget(client: CloudflareClient, accountId: string): void {
    this.#of(client).delete(accountId);
  }

  /** Before another run: anything may have happened since the last. */
  forgetAll(): void {
    this.#byClient = new WeakMap();
  }

  #of(client: CloudflareClient): Map<string, List<Item>> {
    const lists = this.#byClient.get(client) ?? new Map();
    this.#byClient.set(client, lists);
    return lists;
  }
}
