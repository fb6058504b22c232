import type { AccountCollection, Identified, Named } from "../cloudflare/account-collection";
import type { CloudflareClient } from "../cloudflare/client";
import { perAccount } from "./per-account";

export interface Kind<Item extends Identified, Content extends Named, First extends Named> {
  readonly collection: AccountCollection<Item, Content, First>;
  isEqual(item: Item, content: Content): boolean;
}

/** The objects of one kind in each account and with each credential, as this process knows them. */
export function accountObjects<Item extends Identified, Content extends Named, First extends Named = Content>(
  kind: Kind<Item, Content, First>,
) {
  return perAccount((client, accountId) => new AccountObjects(kind, client, accountId));
}

export class AccountObjects<Item extends Identified, Content extends Named, First extends Named> {
  /** Those that resources made, took or deleted in this run. */
  readonly #owned = new Set<string>();
  #before: Promise<Item[]> | undefined;

  constructor(
    private readonly kind: Kind<Item, Content, First>,
    private readonly client: CloudflareClient,
    private readonly accountId: string,
  ) {}

  /** What stood in the account before this process made anything. Listed once. */
  before(): Promise<Item[]> {
    this.#before ??= this.listed().catch((error: unknown) => {
      this.#before = undefined;
      throw error;
    });
    return this.#before;
  }

  /** What stands there now. The reads of one refresh share a list. */
  now(): Promise<Item[]> {
    return this.kind.collection.listShared(this.client, this.accountId);
  }

  /** From a list that many reads share. What the list lacks is asked for by its id: a cut list must not look like a deletion. */
  async read(id: string): Promise<Item | undefined> {
    const found = (await this.now()).find((item) => item.id === id);
    return found ?? (await this.kind.collection.get(this.client, this.accountId, id));
  }

  /** What stands there now, by a list of its own. */
  listed(): Promise<Item[]> {
    return this.kind.collection.list(this.client, this.accountId);
  }

  /** Marks what a resource has or deletes, so that no other takes it. */
  own<Owned extends Pick<Identified, "id">>(item: Owned): Owned {
    this.#owned.add(item.id);
    return item;
  }

  /** The others. */
  free(items: readonly Item[]): Item[] {
    return items.filter(({ id }) => !this.#owned.has(id));
  }

  /** When the response is lost, `look` finds what was made. `title` is what an error calls it. */
  async create(first: First, look: () => Promise<Item | undefined>, title?: string): Promise<Item> {
    return this.own(await this.kind.collection.create(this.client, this.accountId, first, look, title));
  }

  async replace(id: string, content: Content): Promise<Item> {
    return this.own(await this.kind.collection.replace(this.client, this.accountId, id, content));
  }

  /** A write that would change nothing is not sent. */
  async bringTo(current: Item, wanted: Content): Promise<Item> {
    return this.kind.isEqual(current, wanted) ? current : this.replace(current.id, wanted);
  }

  async delete(id: string): Promise<void> {
    this.own({ id });
    await this.kind.collection.remove(this.client, this.accountId, id);
  }

  /** For a create whose answer was lost: finds what was not there before and is as wanted. */
  finder(before: readonly Item[], isWanted: (item: Item) => boolean): () => Promise<Item | undefined> {
    const known = new Set(before.map(({ id }) => id));
    return async () => {
      const made = this.free(await this.listed()).find((item) => !known.has(item.id) && isWanted(item));
      // At once: another resource of the same content may look at the same list.
      return made && this.own(made);
    };
  }
}
