import { z } from "zod";
import { canonicalAddress } from "../dns/address";
import { listOf } from "../http/list-of";
import { type CloudflareClient, unlessGone } from "./client";
import { asSent, contradiction } from "./contradiction";
import { objectId } from "./object-id";
import { inAccount, RecentObjects } from "./recent-objects";

/** A primary to ask for transfers. A fresh peer has an empty address, port 0 and no key. */
const peer = z.object({
  id: objectId,
  name: z.string(),
  ip: z.string().nullish(),
  port: z.number().nullish(),
  ixfr_enable: z.boolean().nullish(),
  tsig_id: z.string().nullish(),
});

/** https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/peers/ */
export type Peer = z.output<typeof peer>;

export interface PeerContent {
  readonly name: string;
  readonly ip: string;
  readonly port: number;
  readonly ixfr_enable: boolean;
  readonly tsig_id: string;
}

const path = (accountId: string, ...rest: string[]) => [
  "accounts",
  accountId,
  "secondary_dns",
  "peers",
  ...rest,
];
const DNS_PORT = 53;
const READ = "Account Settings Read";
const WRITE = "Account Settings Write";

/** What this run has written of them. */
export const recentPeers = new RecentObjects<Peer>();

export function listPeers(client: CloudflareClient, accountId: string): Promise<Peer[]> {
  return client.call({
    operation: `list the peers of account ${accountId}`,
    method: "GET",
    path: path(accountId),
    result: listOf(peer),
    permission: READ,
  });
}

/** `undefined`: no peer has this id. */
export function getPeer(client: CloudflareClient, accountId: string, id: string): Promise<Peer | undefined> {
  return unlessGone(
    client.call({
      operation: `read peer ${id} of account ${accountId}`,
      method: "GET",
      path: path(accountId, id),
      result: peer,
      contradiction: (found) => contradiction({ id }, found),
      permission: READ,
    }),
  );
}

/** As this process has just written it, else read now: for a look at the primary, of which a run has several. */
export async function getRecentPeer(
  client: CloudflareClient,
  accountId: string,
  id: string,
): Promise<Peer | undefined> {
  return recentPeers.find(client, inAccount(accountId, id)) ?? (await getPeer(client, accountId, id));
}

/**
 * Takes only the name; the rest follows by `replacePeer`. When the answer is lost, `look` finds what was made.
 * `title` is what an error calls it.
 */
export function createPeer(
  client: CloudflareClient,
  accountId: string,
  name: string,
  look: () => Promise<Peer | undefined>,
  title = name,
): Promise<Peer> {
  return client
    .call({
      operation: `create peer "${title}" in account ${accountId}`,
      method: "POST",
      path: path(accountId),
      body: { name },
      result: peer,
      contradiction: (made) => contradiction({ name }, made),
      permission: WRITE,
      again: { kind: "recover", look, makesAnother: true },
    })
    .then((item) => recentPeers.note(client, inAccount(accountId, item.id), item));
}

/** Replaces all five fields: whether one that is left out is kept is not documented. */
export function replacePeer(
  client: CloudflareClient,
  accountId: string,
  id: string,
  content: PeerContent,
): Promise<Peer> {
  const otherThanSent = (found: Peer) => contradiction({ id, ...content }, comparable(found));
  recentPeers.forget(client, inAccount(accountId, id));
  return client
    .call({
      operation: `update peer "${content.name}" (${id}) in account ${accountId}`,
      method: "PUT",
      path: path(accountId, id),
      body: content,
      result: peer,
      contradiction: otherThanSent,
      permission: WRITE,
      again: {
        kind: "repeat",
        look: async () => asSent(await getPeer(client, accountId, id), otherThanSent),
      },
    })
    .then((item) => recentPeers.note(client, inAccount(accountId, item.id), item));
}

/** Succeeds when the peer is already gone. */
export async function deletePeer(client: CloudflareClient, accountId: string, id: string): Promise<void> {
  recentPeers.forget(client, inAccount(accountId, id));
  await unlessGone(
    client.call({
      operation: `delete peer ${id} of account ${accountId}`,
      method: "DELETE",
      path: path(accountId, id),
      result: z.unknown(),
      permission: WRITE,
    }),
  );
}

function comparable({ id, name, ip, port, ixfr_enable, tsig_id }: Peer) {
  return {
    id,
    name,
    ip: canonicalAddress(ip ?? ""),
    port: port || DNS_PORT,
    ixfr_enable: ixfr_enable ?? false,
    tsig_id: tsig_id ?? "",
  };
}
