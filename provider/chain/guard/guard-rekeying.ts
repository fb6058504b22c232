import { accountPeers } from "../../cloudflare/peers";
import type { TsigContent } from "../../cloudflare/tsigs";
import type { ChainAccess } from "../run/access";
import { guardPeerChange, type PeerChange } from "./guard-transfer";

const DNS_PORT = 53;

export interface Rekeying extends Pick<PeerChange, "zone" | "accountId"> {
  readonly tsigId: string;
  /** What the key is to be. */
  readonly content: TsigContent;
}

/** Lets a key change in place, or throws: transfers that failed by the old one come with it, and bring what the primaries have. */
export async function guardRekeying(
  access: ChainAccess,
  { zone, accountId, tsigId, content: { name, algo, secret } }: Rekeying,
): Promise<void> {
  const key = { name, algorithm: algo, secret };
  const stays = `TSIG "${name}" stays as it is, at Cloudflare and in the state`;
  for (const peer of await accountPeers.listShared(access.cloudflare, accountId)) {
    if (!peer.ip || peer.tsig_id !== tsigId) continue;
    const next = { name: peer.name, address: peer.ip, port: peer.port || DNS_PORT, key };
    await guardPeerChange(access, { zone, accountId, peerId: peer.id, next, isMoving: false, stays });
  }
}
