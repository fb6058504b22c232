import type { CloudflareClient } from "../cloudflare/client";
import { getPeer, type Peer } from "../cloudflare/peers";
import { getTsig } from "../cloudflare/tsigs";
import { RefusedError } from "../core/errors";
import type { Primary, TransferKey } from "../dns/primary";

const DNS_PORT = 53;

/**
 * Where peers are and by which keys they are asked, as Cloudflare has it. Those without an address are left out.
 * @throws {RefusedError} A peer's key is gone: asked without one, anybody could answer in the primary's place.
 */
export async function primariesOf(
  client: CloudflareClient,
  accountId: string,
  peerIds: readonly string[],
): Promise<Primary[]> {
  const peers = await Promise.all(peerIds.map((id) => getPeer(client, accountId, id)));
  const primaries = await Promise.all(peers.map((peer) => peer && primaryOf(client, accountId, peer)));
  return primaries.filter((primary) => primary !== undefined);
}

async function primaryOf(
  client: CloudflareClient,
  accountId: string,
  { name, ip, port, tsig_id }: Peer,
): Promise<Primary | undefined> {
  if (!ip) return undefined;
  const address = { name, address: ip, port: port || DNS_PORT };
  if (!tsig_id) return address;
  const key = await transferKeyOf(client, accountId, tsig_id);
  if (key !== undefined) return { ...address, key };
  throw new RefusedError(
    `Peer "${name}" signs its transfers with TSIG ${tsig_id}, which account ${accountId} does not have.\nNext: give the peer the tsigId of one that it has.`,
  );
}

/** `undefined`: no TSIG has this id. */
export async function transferKeyOf(
  client: CloudflareClient,
  accountId: string,
  tsigId: string,
): Promise<TransferKey | undefined> {
  const tsig = await getTsig(client, accountId, tsigId);
  return tsig && { name: tsig.name, algorithm: tsig.algo, secret: tsig.secret };
}
