import type { CloudflareClient } from "./client";

/** The resources of a zone look at its peers and keys one after the other, and nobody else changes them meanwhile. */
const FRESH_MS = 30_000;

interface Identified {
  readonly id: string;
}

interface Written<Item> {
  readonly at: number;
  readonly item: Item;
}

/** What a run has itself just written of one kind of object: what is looked at next need not be asked for. */
export class RecentObjects<Item extends Identified> {
  #byClient = new WeakMap<CloudflareClient, Map<string, Written<Item>>>();

  note(client: CloudflareClient, accountId: string, item: Item): Item {
    this.#written(client).set(keyOf(accountId, item.id), { at: Date.now(), item });
    return item;
  }

  /** Before a write: what becomes of it is not known if its answer is lost. */
  forget(client: CloudflareClient, accountId: string, id: string): void {
    this.#written(client).delete(keyOf(accountId, id));
  }

  /** Before another run: anything may have happened since the last. */
  forgetAll(): void {
    this.#byClient = new WeakMap();
  }

  find(client: CloudflareClient, accountId: string, id: string): Item | undefined {
    const last = this.#written(client).get(keyOf(accountId, id));
    return last !== undefined && Date.now() - last.at < FRESH_MS ? last.item : undefined;
  }

  #written(client: CloudflareClient): Map<string, Written<Item>> {
    const known = this.#byClient.get(client) ?? new Map();
    this.#byClient.set(client, known);
    return known;
  }
}

function keyOf(accountId: string, id: string): string {
  return `${accountId}/${id}`;
}
