import { type CloudflareClient, unlessForbidden } from "../cloudflare/client";
import { getZone, type Zone } from "../cloudflare/zones";
import { RefusedError } from "../core/errors";
import { withoutDot } from "../dns/domain-name";
import { tellOnce } from "./tell-once";

/** A zone that is seen to be the one that the program means. */
export interface IdentifiedZone extends Zone {
  readonly zoneName: string;
}

/** What a program says of a zone besides its id. */
export interface ClaimedZone {
  readonly zoneId: string;
  readonly zoneName: string | undefined;
}

/**
 * The zone as Cloudflare has it, once it is seen to be the one that the program means: a typing error in its id or
 * name must not change another zone. `undefined` where the token may not read zones.
 */
export async function identifyZone(
  client: CloudflareClient,
  { zoneId, zoneName }: ClaimedZone,
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
  const actual = withoutDot(zone.name.toLowerCase());
  const claimed = withoutDot((zoneName ?? actual).toLowerCase());
  if (claimed !== actual) {
    throw new RefusedError(
      `Nothing is changed: zone ${zoneId} is ${actual}, and the program calls it ${claimed}.\nNext: correct zoneId or zoneName.`,
    );
  }
  return { ...zone, zoneName: actual };
}

/** The resources of a zone look at it one after the other, and it does not change meanwhile. */
const FRESH_MS = 30_000;
type Look = Zone | "not allowed" | undefined;
const looks = new WeakMap<
  CloudflareClient,
  Map<string, { readonly at: number; readonly zone: Promise<Look> }>
>();

function knownZone(client: CloudflareClient, zoneId: string): Promise<Look> {
  const known = looks.get(client) ?? new Map();
  looks.set(client, known);
  const last = known.get(zoneId);
  if (last !== undefined && Date.now() - last.at < FRESH_MS) return last.zone;
  const zone = unlessForbidden(getZone(client, zoneId)).catch((error: unknown): never => {
    known.delete(zoneId);
    throw error;
  });
  known.set(zoneId, { at: Date.now(), zone });
  return zone;
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
