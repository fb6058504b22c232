import type { CloudflareClient } from "../../cloudflare/client";
import {
  createTsig,
  deleteTsig,
  getTsig,
  listTsigs,
  replaceTsig,
  type TsigContent,
  type TsigKey,
} from "../../cloudflare/tsigs";
import { AccountObjects } from "../account-objects";
import { perAccount } from "../per-account";
import { isEqual } from "./plan";

/** The TSIGs of one account. */
export class TsigAccount extends AccountObjects<TsigKey, TsigContent> {
  constructor(
    private readonly client: CloudflareClient,
    private readonly accountId: string,
  ) {
    super({
      list: () => listTsigs(client, accountId),
      get: (id) => getTsig(client, accountId, id),
      replace: (id, content) => replaceTsig(client, accountId, id, content),
      delete: (id) => deleteTsig(client, accountId, id),
      isEqual,
    });
  }

  /** `standing` is what the account held before. */
  async create(content: TsigContent, standing: readonly TsigKey[]): Promise<TsigKey> {
    const look = this.finder(standing, (key) => isEqual(key, content));
    return this.own(await this.writing(() => createTsig(this.client, this.accountId, content, look)));
  }
}

export const tsigAccount = perAccount((client, accountId) => new TsigAccount(client, accountId));
