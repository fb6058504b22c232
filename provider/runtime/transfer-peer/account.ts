import type { CloudflareClient } from "../../cloudflare/client";
import {
  createPeer,
  deletePeer,
  getPeer,
  listPeers,
  type Peer,
  type PeerContent,
  replacePeer,
} from "../../cloudflare/peers";
import { AccountObjects } from "../account-objects";
import { perAccount } from "../per-account";
import { markedName, type PeerOrigin } from "./mark";
import { isEqual } from "./plan";

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

  /** A peer with a name and nothing else. The name is that of this one create: the wanted one follows. */
  async create(title: string, origin: PeerOrigin): Promise<Peer> {
    const name = markedName(origin);
    const look = async () =>
      (await listPeers(this.client, this.accountId)).find((peer) => peer.name === name);
    return this.own(await this.writing(() => createPeer(this.client, this.accountId, name, look, title)));
  }
}

export const peerAccount = perAccount((client, accountId) => new PeerAccount(client, accountId));
