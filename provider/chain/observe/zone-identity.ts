import { type CloudflareClient, unlessForbidden } from "../../cloudflare/client";
import { RecentObjects } from "../../cloudflare/recent-objects";
import { getZone, type Zone } from "../../cloudflare/zones";
import { RefusedError } from "../../core/errors";
import { withoutDot } from "../../dns/domain-name";
import { tellOnce } from "../run/tell-once";

/** A zone that is seen to be the one that the program means. */
export interface IdentifiedZone extends Zone {
  readonly zoneName: string;
}

/** What a program says of a zone besides its id. */
export interface ClaimedZone {
  readonly zoneId: string;
  readonly zoneName: string | undefined;
  /** Where it is to be; left out where the program does not say. */
  readonly accountId?: string | undefined;
}

/**
 * The zone as Cloudflare has it, once it is seen to be the one that the program means: a typing error in its id or
 * name must not change another zone. `undefined` where the token may not read zones.
 */
export async function identifyZone(
  client: CloudflareClient,
  { zoneId, zoneName, accountId }: ClaimedZone,
): Promise<IdentifiedZone | undefined> {
  const zone = await knownZone(client, zoneId);
  if (zone === "not allowed") {
    tellOnce(
      client,
      `Not checked: whether zone ${zoneId} is ${zoneName ?? "the one that is meant"}. The token may not read zones (permission "Zone Read").`,
    );
    return undefined;
  }
  if (zone === undefined) {
    throw new RefusedError(
      `Cloudflare knows no zone ${zoneId}.\nNext: check zoneId, and that the API token may see the zone.`,
    );
  }
  const { name: actual } = zone;
  const claimed = withoutDot((zoneName ?? actual).toLowerCase());
  if (claimed !== actual) {
    throw new RefusedError(
      `Nothing is changed: zone ${zoneId} is ${actual}, and the program calls it ${claimed}.\nNext: correct zoneId or zoneName.`,
    );
  }
  const account = zone.account?.id;
  if (accountId !== undefined && account !== undefined && account !== accountId) {
    throw new RefusedError(
      `Nothing is changed: zone ${zoneId} (${actual}) is in account ${account}, and the program says ${accountId}.\nNext: correct accountId or zoneId.`,
    );
  }
  return { ...zone, zoneName: actual };
}

/** Kept while it is under way too: several resources of a zone may ask for it at once. */
const looks = new RecentObjects<Promise<Zone | "not allowed" | undefined>>();

function knownZone(client: CloudflareClient, zoneId: string): Promise<Zone | "not allowed" | undefined> {
  const known = looks.find(client, zoneId);
  if (known !== undefined) return known;
  const zone = unlessForbidden(getZone(client, zoneId)).catch((error: unknown): never => {
    looks.forget(client, zoneId);
    throw error;
  });
  return looks.note(client, zoneId, zone);
}

/** A zone that is to be transferred, and nothing else, can be secondary. */
export function requireSecondary(
  zone: { readonly zoneName: string; readonly type: string | undefined } | undefined,
): void {
  if (zone?.type === undefined || zone.type === "secondary") return;
  throw new RefusedError(
    `Nothing is changed: zone ${zone.zoneName} is of type ${zone.type}, and is to be served as secondary.\nNext: make it a zone of type secondary (Enterprise), or correct zoneId.`,
  );
}
