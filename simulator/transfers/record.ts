import { formatName } from "../dns/name";
import type { ZoneData } from "../dns/zone";
import { type IncomingTransfer, lookUp, type Peer, type World, type Zone } from "../state";
import { addressOf } from "./address";
import { transferKeyOf } from "./transfer-key";
import type { Trigger } from "./transfers";

/** Writes down a transfer that brought the zone. */
export function recordSuccess(
  zone: Zone,
  world: World,
  trigger: Trigger,
  { data, peer }: { readonly data: ZoneData; readonly peer: Peer },
): void {
  const { transfer, incoming } = zone;
  const at = timestamp(world.now());
  if (incoming && transfer.serial !== data.serial) incoming.modified_time = at;
  const tsig = lookUp(world.state.tsigs, peer.tsig_id);
  zone.transfer = {
    ...attempted(zone, world, trigger),
    at,
    lastError: null,
    serial: data.serial,
    from: addressOf(peer),
    records: data.records.length,
    tsigKey: tsig ? formatName(transferKeyOf(tsig).name) : null,
    succeeded: transfer.succeeded + 1,
  };
}

/** Writes down that the primary has the serial that is served: all is well and nothing changes. */
export function recordUnchanged(zone: Zone, world: World, trigger: Trigger): void {
  const succeeded = zone.transfer.succeeded + 1;
  zone.transfer = { ...attempted(zone, world, trigger), lastError: null, succeeded };
}

/** Writes down that no peer gave the zone; what was transferred before is still served. */
export function recordFailure(zone: Zone, world: World, trigger: Trigger, lastError: string): void {
  const failed = zone.transfer.failed + 1;
  zone.transfer = { ...attempted(zone, world, trigger), lastError, failed };
}

/** A failed transfer is not tried again before the next refresh: Cloudflare tells of no other interval. */
function attempted({ transfer, incoming }: Zone, world: World, trigger: Trigger): Zone["transfer"] {
  const at = timestamp(world.now());
  return { ...transfer, at, trigger, refreshAt: incoming && nextRefresh(incoming, world) };
}

export function nextRefresh({ auto_refresh_seconds }: IncomingTransfer, world: World): string {
  return timestamp(world.now() + auto_refresh_seconds * 1000);
}

export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
