import type { CloudflareClient } from "../cloudflare/client";
import { createPeer, listPeers, type Peer } from "../cloudflare/peers";
import { perAccount } from "./per-account";

/** The peers of one account, as far as creating them goes. */
export class PeerAccount {
  /** Those that resources of this process have made or taken. */
  readonly #owned = new Set<string>();
  #before: Promise<Peer[]> | undefined;

  constructor(
    private readonly client: CloudflareClient,
    private readonly accountId: string,
  ) {}

  /**
   * A peer with a name and nothing else. One that stood in just this state before this process made any is
   * what a killed run left, and is used again.
   */
  async bare(name: string): Promise<Peer> {
    const before = await this.#standing();
    const left = before.find((peer) => this.#isFree(peer, name));
    if (left) return this.#own(left);
    const known = new Set(before.map(({ id }) => id));
    const look = async () => {
      const now = await listPeers(this.client, this.accountId);
      const made = now.find((peer) => !known.has(peer.id) && this.#isFree(peer, name));
      // At once: another resource with this name may look at the same moment.
      return made && this.#own(made);
    };
    return this.#own(await createPeer(this.client, this.accountId, name, look));
  }

  /** Marks one that a resource has, so that no other takes it for a left-over. */
  ownId(id: string): void {
    this.#owned.add(id);
  }

  #isFree(peer: Peer, name: string): boolean {
    return peer.name === name && !peer.ip && !peer.tsig_id && !this.#owned.has(peer.id);
  }

  #own(peer: Peer): Peer {
    this.ownId(peer.id);
    return peer;
  }

  #standing(): Promise<Peer[]> {
    this.#before ??= listPeers(this.client, this.accountId).catch((error: unknown) => {
      this.#before = undefined;
      throw error;
    });
    return this.#before;
  }
}

export const peerAccount = perAccount((client, accountId) => new PeerAccount(client, accountId));
