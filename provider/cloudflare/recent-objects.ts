import type { CloudflareClient } from "./client";

/** The resources of a zone look at it, its peers and keys one after the other, and nobody else changes them meanwhile. */
const FRESH_MS = 30_000;

interface Known<Item> {
  readonly at: number;
  readonly item: Item;
}

/** What a run has itself just written or read of one kind of object: what is looked at next need not be asked for. */
export class RecentObjects<Item> {
  #byClient = new WeakMap<CloudflareClient, Map<string, Known<Item>>>();
  readonly #asking = new WeakMap<CloudflareClient, Map<string, Promise<Item | undefined>>>();

  note(client: CloudflareClient, key: string, item: Item): Item {
    this.#known(client).set(key, { at: Date.now(), item });
    return item;
  }

  /** Before a write: what becomes of it is not known if its answer is lost. */
  forget(client: CloudflareClient, key: string): void {
    this.#known(client).delete(key);
  }

  /** Before another run: anything may have happened since the last. */
  forgetAll(): void {
    this.#byClient = new WeakMap();
  }

  find(client: CloudflareClient, key: string): Item | undefined {
    const last = this.#known(client).get(key);
    return last !== undefined && Date.now() - last.at < FRESH_MS ? last.item : undefined;
  }

  /** As it was just seen, else asked for now, once for all who want it: a refresh reads the resources of a zone at once. */
  async findOrAsk(
    client: CloudflareClient,
    key: string,
    ask: () => Promise<Item | undefined>,
  ): Promise<Item | undefined> {
    const found = this.find(client, key);
    if (found !== undefined) return found;
    const asking = this.#asking.get(client) ?? new Map<string, Promise<Item | undefined>>();
    this.#asking.set(client, asking);
    const answer = asking.get(key) ?? ask().finally(() => asking.delete(key));
    asking.set(key, answer);
    return answer;
  }

  #known(client: CloudflareClient): Map<string, Known<Item>> {
    const known = this.#byClient.get(client) ?? new Map();
    this.#byClient.set(client, known);
    return known;
  }
}

/** The key of an object of an account; one of a zone, of which there is one, has the zone's id. */
export function inAccount(accountId: string, id: string): string {
  return `${accountId}/${id}`;
}
