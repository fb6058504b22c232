/** A refresh of many objects takes the engine seconds: reads that follow one another so closely share a list, */
const CLOSE = 2_000;
/** but none that is older than this. */
const OLDEST = 15_000;

interface Identified {
  readonly id: string;
}

/** A kind of object at the API. */
export interface Source<Item, Content> {
  list(): Promise<Item[]>;
  /** `undefined`: it does not exist. */
  get(id: string): Promise<Item | undefined>;
  replace(id: string, content: Content): Promise<Item>;
  delete(id: string): Promise<void>;
  isEqual(item: Item, content: Content): boolean;
}

/** The objects of one kind in one account, as this process knows them. */
export class AccountObjects<Item extends Identified, Content> {
  /** Those that resources made, took or deleted in this run. */
  readonly #owned = new Set<string>();
  #before: Promise<Item[]> | undefined;
  #list: { readonly at: number; usedAt: number; readonly items: Promise<Item[]> } | undefined;

  constructor(private readonly source: Source<Item, Content>) {}

  /** What stood in the account before this process made anything. Listed once. */
  before(): Promise<Item[]> {
    this.#before ??= this.source.list().catch((error: unknown) => {
      this.#before = undefined;
      throw error;
    });
    return this.#before;
  }

  /** What stands there now. The reads of one refresh share a list. */
  now(): Promise<Item[]> {
    const now = Date.now();
    const known = this.#list;
    if (known !== undefined && now - known.usedAt < CLOSE && now - known.at < OLDEST) {
      known.usedAt = now;
      return known.items;
    }
    const list = { at: now, usedAt: now, items: this.source.list() };
    this.#list = list;
    list.items.catch(() => {
      if (this.#list === list) this.#list = undefined;
    });
    return list.items;
  }

  /** From a list that many reads share. What the list lacks is asked for by its id: a cut list must not look like a deletion. */
  async read(id: string): Promise<Item | undefined> {
    const found = (await this.now()).find((item) => item.id === id);
    return found ?? (await this.source.get(id));
  }

  /** Marks what a resource has or deletes, so that no other takes it. */
  own<Owned extends Identified>(item: Owned): Owned {
    this.#owned.add(item.id);
    return item;
  }

  /** The others. */
  free(items: readonly Item[]): Item[] {
    return items.filter(({ id }) => !this.#owned.has(id));
  }

  async replace(id: string, content: Content): Promise<Item> {
    return this.own(await this.writing(() => this.source.replace(id, content)));
  }

  /** A write that would change nothing is not sent. */
  async bringTo(current: Item, wanted: Content): Promise<Item> {
    return this.source.isEqual(current, wanted) ? current : this.replace(current.id, wanted);
  }

  async delete(id: string): Promise<void> {
    this.own({ id });
    await this.writing(() => this.source.delete(id));
  }

  /** For a create whose answer was lost: finds what was not there before and is as wanted. */
  protected finder(
    before: readonly Item[],
    isWanted: (item: Item) => boolean,
  ): () => Promise<Item | undefined> {
    const known = new Set(before.map(({ id }) => id));
    return async () => {
      const made = this.free(await this.source.list()).find((item) => !known.has(item.id) && isWanted(item));
      // At once: another resource of the same content may look at the same list.
      return made && this.own(made);
    };
  }

  /** What was listed before a write is not true any more. */
  protected async writing<Result>(write: () => Promise<Result>): Promise<Result> {
    try {
      return await write();
    } finally {
      this.#list = undefined;
    }
  }
}
