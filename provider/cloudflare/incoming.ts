import { z } from "zod";
import { undottedALabels } from "../dns/domain-name";
import { type CloudflareClient, unlessGone } from "./client";
import { asSent, contradiction } from "./contradiction";
import { objectId } from "./object-id";
import { RecentObjects } from "./recent-objects";
import { shownName } from "./shown-name";

const incoming = z.object({
  name: shownName,
  peers: z.array(objectId),
  auto_refresh_seconds: z.number(),
  soa_serial: z.number().nullish(),
  checked_time: z.string().nullish(),
  created_time: z.string().nullish(),
  modified_time: z.string().nullish(),
});

/** https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/incoming/ */
export type Incoming = z.output<typeof incoming>;

export interface IncomingContent {
  readonly name: string;
  readonly peers: readonly string[];
  readonly auto_refresh_seconds: number;
}

const path = (zoneId: string) => ["zones", zoneId, "secondary_dns", "incoming"];
const READ = "Zone Settings Read";
const WRITE = "Zone Settings Write";

/** As it was read: the answer to a write may leave out the serial. */
export const recentIncoming = new RecentObjects<Incoming>();

/** `undefined`: the zone has none. */
export async function getIncoming(client: CloudflareClient, zoneId: string): Promise<Incoming | undefined> {
  const found = await unlessGone(
    client.call({
      operation: `read the incoming transfer of zone ${zoneId}`,
      method: "GET",
      path: path(zoneId),
      result: incoming,
      permission: READ,
    }),
  );
  return found && recentIncoming.note(client, zoneId, found);
}

/** As this run has just seen it, else read now. */
export async function getRecentIncoming(
  client: CloudflareClient,
  zoneId: string,
): Promise<Incoming | undefined> {
  return recentIncoming.find(client, zoneId) ?? (await getIncoming(client, zoneId));
}

/** On a zone that is not secondary this answers success and nothing is kept: read it back. */
export function createIncoming(
  client: CloudflareClient,
  zoneId: string,
  content: IncomingContent,
): Promise<Incoming> {
  recentIncoming.forget(client, zoneId);
  return client.call({
    operation: `create the incoming transfer of zone ${zoneId}`,
    method: "POST",
    path: path(zoneId),
    body: content,
    result: incoming,
    contradiction: otherThan(content),
    permission: WRITE,
    // There is one for each zone, so when it is as was asked, it is what was made.
    again: { kind: "recover", look: look(client, zoneId, content) },
  });
}

export function replaceIncoming(
  client: CloudflareClient,
  zoneId: string,
  content: IncomingContent,
): Promise<Incoming> {
  recentIncoming.forget(client, zoneId);
  return client.call({
    operation: `update the incoming transfer of zone ${zoneId}`,
    method: "PUT",
    path: path(zoneId),
    body: content,
    result: incoming,
    contradiction: otherThan(content),
    permission: WRITE,
    again: { kind: "repeat", look: look(client, zoneId, content) },
  });
}

const otherThan = (content: IncomingContent) => (found: Incoming) =>
  contradiction(comparable(content), comparable(found));

const look = (client: CloudflareClient, zoneId: string, content: IncomingContent) => async () =>
  asSent(await getIncoming(client, zoneId), otherThan(content));

/** Peers are a set. */
function comparable({ name, peers, auto_refresh_seconds }: IncomingContent) {
  return { name: undottedALabels(name), peers: [...peers].sort(), auto_refresh_seconds };
}

/** Succeeds when there is none. */
export async function deleteIncoming(client: CloudflareClient, zoneId: string): Promise<void> {
  recentIncoming.forget(client, zoneId);
  await unlessGone(
    client.call({
      operation: `delete the incoming transfer of zone ${zoneId}`,
      method: "DELETE",
      path: path(zoneId),
      result: z.unknown(),
      permission: WRITE,
    }),
  );
}

/** Asks for a transfer now. It runs by itself; `soa_serial` and `checked_time` tell when it is done. */
export async function forceTransfer(client: CloudflareClient, zoneId: string): Promise<void> {
  recentIncoming.forget(client, zoneId);
  await client.call({
    operation: `force a transfer of zone ${zoneId}`,
    method: "POST",
    path: ["zones", zoneId, "secondary_dns", "force_axfr"],
    result: z.unknown(),
    permission: WRITE,
    again: { kind: "repeat" },
  });
}
