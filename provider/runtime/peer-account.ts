import type { CloudflareClient } from "../cloudflare/client";
import {
  createPeer,
  deletePeer,
  getPeer,
  listPeers,
  type Peer,
  type PeerContent,
  replacePeer,
} from "../cloudflare/peers";
import { AccountObjects } from "./account-objects";
import { isBare, isEqual } from "./peer-plan";
import { perAccount } from "./per-account";

/** The peers of one account. */
export class PeerAccount extends AccountObjects<Peer, PeerContent> {
  constructor(
    private readonly client: CloudflareClient,
    private readonly accountId: string,
  ) {
    super({
      list: () => listPeers(client, accountId),
      get: (id) => getPeer(client, accountId, id),
      replace: (id, content) => replacePeer(client, accountId, id, content),
      delete: (id) => deletePeer(client, accountId, id),
      isEqual,
    });
  }

  /** A peer with a name and nothing else. `standing` is what the account held before. */
  async create(name: string, standing: readonly Peer[]): Promise<Peer> {
    const look = this.finder(standing, (peer) => peer.name === name && isBare(peer));
    return this.own(await this.writing(() => createPeer(this.client, this.accountId, name, look)));
  }
}

export const peerAccount = perAccount((client, accountId) => new PeerAccount(client, accountId));
