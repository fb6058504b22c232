import type { CloudflareClient } from "../../cloudflare/client";
import { accountPeers } from "../../cloudflare/peers";
import { accountTsigs } from "../../cloudflare/tsigs";
import type { Primary, TransferKey } from "../../dns/primary";

const DNS_PORT = 53;

export interface PeerServers {
  readonly primaries: readonly Primary[];
  /** Why others of them cannot be queried. */
  readonly problems: readonly string[];
}

/** Where peers are and by which keys they are asked, as Cloudflare has it. */
export async function peerServersOf(
  client: CloudflareClient,
  accountId: string,
  peerIds: readonly string[],
): Promise<PeerServers> {
  const found = await Promise.all(peerIds.map((id) => primaryOf(client, accountId, id)));
  return {
    primaries: found.filter((each) => typeof each !== "string"),
    problems: found.filter((each) => typeof each === "string"),
  };
}

/** Never without the key that it should have: then anybody could answer in the primary's place. */
async function primaryOf(
  client: CloudflareClient,
  accountId: string,
  peerId: string,
): Promise<Primary | string> {
  const peer = await accountPeers.getRecent(client, accountId, peerId);
  if (peer === undefined)
    return `Account ${accountId} has no peer ${peerId}.\nNext: run "pulumi up --refresh", which recreates the program's peers and links them.`;
  const { name, ip, port, tsig_id } = peer;
  if (!ip) return `Peer "${name}" has no address.\nNext: give the TransferPeer its ip.`;
  const address = { name, address: ip, port: port || DNS_PORT };
  if (!tsig_id) return address;
  const key = await transferKeyOf(client, accountId, tsig_id);
  if (key !== undefined) return { ...address, key };
  return `Peer "${name}" signs its transfers with TSIG ${tsig_id}, which account ${accountId} does not have.\nNext: give the peer the tsigId of one that it has.`;
}

/** `undefined`: no TSIG has this id. */
export async function transferKeyOf(
  client: CloudflareClient,
  accountId: string,
  tsigId: string,
): Promise<TransferKey | undefined> {
  const tsig = await accountTsigs.getRecent(client, accountId, tsigId);
  return tsig && { name: tsig.name, algorithm: tsig.algo, secret: tsig.secret };
}
