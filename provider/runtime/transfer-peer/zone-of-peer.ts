import { z } from "zod";
import { identifyZone, requireSecondary } from "../../chain/observe/zone-identity";
import type { ChainAccess } from "../../chain/run/access";
import { tellOnce } from "../../chain/run/tell-once";
import { type CloudflareClient, unlessForbidden } from "../../cloudflare/client";
import { findZones } from "../../cloudflare/zones";

/** A zone that is transferred from a peer, as far as the program names one. */
export interface ServedZone {
  readonly zoneId: string;
  readonly zoneName: string;
}

const namedZone = z.object({ zoneId: z.string(), zoneName: z.string() });

/** Of a peer that a component makes for a zone: a typing error in the zone must not reach its peers first. */
export async function checkZone(
  client: CloudflareClient,
  claimed: unknown,
  accountId: string,
): Promise<ServedZone | undefined> {
  const zone = namedZone.safeParse(claimed).data;
  if (zone !== undefined) requireSecondary(await identifyZone(client, { ...zone, accountId }));
  return zone;
}

/** Of a peer that several zones share, the one that it is tried with: what the peer brings to it is looked at for all. */
export async function probedZone(
  { cloudflare }: ChainAccess,
  accountId: string,
  zoneName: string | undefined,
): Promise<ServedZone | undefined> {
  if (zoneName === undefined) return undefined;
  const zones = await unlessForbidden(findZones(cloudflare, zoneName));
  if (zones === "not allowed") {
    tellOnce(
      cloudflare,
      `Not checked for ${zoneName}: what the peer would bring. The token may not read zones (permission "Zone Read").`,
    );
    return undefined;
  }
  const zone = zones.find(({ account }) => account?.id === accountId);
  return zone && { zoneId: zone.id, zoneName };
}
