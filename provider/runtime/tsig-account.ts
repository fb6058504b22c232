import type { CloudflareClient } from "../cloudflare/client";
import {
  createTsig,
  deleteTsig,
  getTsig,
  listTsigs,
  replaceTsig,
  type TsigContent,
  type TsigKey,
} from "../cloudflare/tsigs";
import { perAccount } from "./per-account";
import { findMade } from "./tsig-plan";

/** A refresh of many TSIGs takes the engine seconds: reads that follow one another so closely share a list, */
const CLOSE = 2_000;
/** but none that is older than this. */
const OLDEST = 15_000;

/** The TSIGs of one account as this process knows them. */
export class TsigAccount {
  /** Those that resources of this run own. */
  readonly #owned = new Set<string>();
  #before: Promise<TsigKey[]> | undefined;
  #list: { readonly at: number; usedAt: number; readonly keys: Promise<TsigKey[]> } | undefined;

  constructor(
    private readonly client: CloudflareClient,
    private readonly accountId: string,
  ) {}

  /** What stood in the account before this process made anything. Listed once. */
  before(): Promise<TsigKey[]> {
    this.#before ??= listTsigs(this.client, this.accountId).catch((error: unknown) => {
      this.#before = undefined;
      throw error;
    });
    return this.#before;
  }

  /** What stands there now. The reads of one refresh share a list. */
  now(): Promise<TsigKey[]> {
    const now = Date.now();
    const known = this.#list;
    if (known !== undefined && now - known.usedAt < CLOSE && now - known.at < OLDEST) {
      known.usedAt = now;
      return known.keys;
    }
    const list = { at: now, usedAt: now, keys: listTsigs(this.client, this.accountId) };
    this.#list = list;
    list.keys.catch(() => {
      if (this.#list === list) this.#list = undefined;
    });
    return list.keys;
  }

  /** Whether no resource of this run has it. */
  isFree({ id }: TsigKey): boolean {
    return !this.#owned.has(id);
  }

  /** From a list that many reads share. What the list lacks is asked for by its id: a cut list must not look like a deletion. */
  async read(id: string): Promise<TsigKey | undefined> {
    this.#owned.add(id);
    const found = (await this.now()).find((key) => key.id === id);
    return found ?? (await getTsig(this.client, this.accountId, id));
  }

  /** `standing` is what the account held before: what is new and as wanted after a lost answer is ours. */
  async create(content: TsigContent, standing: readonly TsigKey[]): Promise<TsigKey> {
    const before = new Set(standing.map(({ id }) => id));
    const look = async () => {
      const now = await listTsigs(this.client, this.accountId);
      const made = findMade(
        before,
        now.filter((key) => this.isFree(key)),
        content,
      );
      // At once: another resource of the same content may look at the same list.
      return made && this.own(made);
    };
    return this.own(await this.writing(() => createTsig(this.client, this.accountId, content, look)));
  }

  async replace(id: string, content: TsigContent): Promise<TsigKey> {
    return this.own(await this.writing(() => replaceTsig(this.client, this.accountId, id, content)));
  }

  async delete(id: string): Promise<void> {
    this.#owned.add(id);
    await this.writing(() => deleteTsig(this.client, this.accountId, id));
  }

  /** Marks what a resource of this run has. */
  own(key: TsigKey): TsigKey {
    this.#owned.add(key.id);
    return key;
  }

  private async writing<Result>(write: () => Promise<Result>): Promise<Result> {
    try {
      return await write();
    } finally {
      this.#list = undefined;
    }
  }
}

export const tsigAccount = perAccount((client, accountId) => new TsigAccount(client, accountId));
