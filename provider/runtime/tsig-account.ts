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
import { AccountObjects } from "./account-objects";
import { perAccount } from "./per-account";
import { isEqual } from "./tsig-plan";

/** The TSIGs of one account. */
export class TsigAccount extends AccountObjects<TsigKey> {
  constructor(
    private readonly client: CloudflareClient,
    private readonly accountId: string,
  ) {
    super({ list: () => listTsigs(client, accountId), get: (id) => getTsig(client, accountId, id) });
  }

  /** `standing` is what the account held before. */
  async create(content: TsigContent, standing: readonly TsigKey[]): Promise<TsigKey> {
    const look = this.finder(standing, (key) => isEqual(key, content));
    return this.own(await this.writing(() => createTsig(this.client, this.accountId, content, look)));
  }

  async replace(id: string, content: TsigContent): Promise<TsigKey> {
    return this.own(await this.writing(() => replaceTsig(this.client, this.accountId, id, content)));
  }

  async delete(id: string): Promise<void> {
    this.own({ id });
    await this.writing(() => deleteTsig(this.client, this.accountId, id));
  }
}

export const tsigAccount = perAccount((client, accountId) => new TsigAccount(client, accountId));
