import type { DnssecFlag, World, Zone } from "../state";
import { Refusal } from "./envelope";
import { CHOSEN, SEEN } from "./error-codes";

/**
 * The states of https://developers.cloudflare.com/dns/dnssec/dnssec-states/
 *
 * | state            | status           | modified_on | DS at the parent |
 * | pending          | pending          | time        | no               |
 * | active           | active           | time        | yes              |
 * | pending-disabled | pending-disabled | time        | yes              |
 * | disabled         | disabled         | time        | no, or ignored   |
 * | deleted          | disabled         | null        |                  |
 */
export type DnssecStatus = Zone["dnssec"]["status"];

export const FLAG_NAMES = [
  "dnssec_presigned",
  "dnssec_use_nsec3",
  "dnssec_multi_signer",
] as const satisfies readonly DnssecFlag[];

export function isDeleted({ dnssec }: Zone): boolean {
  return dnssec.status === "disabled" && dnssec.modified_on === null;
}

export function enable(zone: Zone, world: World): void {
  const { status } = zone.dnssec;
  if (status === "active" || status === "pending") {
    redundant(world, CHOSEN.alreadyEnabled);
    return;
  }
  if (zone.status !== "active") throw new Refusal(400, SEEN.planOrZone);
  moveTo("pending", zone, world);
}

export function disable(zone: Zone, world: World): void {
  const { status } = zone.dnssec;
  if (status === "disabled" || status === "pending-disabled") {
    redundant(world, CHOSEN.alreadyDisabled);
    return;
  }
  if (world.state.switches.dnssecFlagsCleared === "by-disable") clearFlags(zone);
  moveTo("pending-disabled", zone, world);
}

/** Only the disabled state leads to the deleted one. */
export function remove(zone: Zone, world: World): void {
  if (isDeleted(zone)) {
    redundant(world, CHOSEN.alreadyDeleted);
    return;
  }
  if (zone.dnssec.status !== "disabled") throw new Refusal(400, CHOSEN.deleteNeedsDisabled);
  if (world.state.switches.dnssecFlagsCleared === "by-delete") clearFlags(zone);
  zone.dnssec.modified_on = null;
}

/** Takes the steps that follow by themselves from what stands at the parent. */
export function settleDnssec(zone: Zone, world: World): void {
  const { dnssec } = zone;
  const isSet = (flag: DnssecFlag) => dnssec[flag] || zone.dnssecFlagsSet.includes(flag);
  zone.dnssecFlagsSet = FLAG_NAMES.filter(isSet);
  if (dnssec.status !== "disabled") dnssec.modified_on ??= timestamp(world);
  const isActive = dnssec.dnssec_presigned
    ? zone.parent.ds.length > 0 && world.state.switches.presignedStatus === "follows-ds"
    : zone.dsAtParent;
  if (dnssec.status === "pending" && isActive) moveTo("active", zone, world);
  else if (dnssec.status === "active" && !isActive) moveTo("pending", zone, world);
  else if (dnssec.status === "pending-disabled" && !zone.dsAtParent) moveTo("disabled", zone, world);
}

function moveTo(status: DnssecStatus, zone: Zone, world: World): void {
  zone.dnssec.status = status;
  zone.dnssec.modified_on = timestamp(world);
  settleDnssec(zone, world);
}

function timestamp(world: World): string {
  return new Date(world.now()).toISOString();
}

function clearFlags({ dnssec }: Zone): void {
  for (const flag of FLAG_NAMES) dnssec[flag] = false;
}

function redundant(world: World, error: { readonly code: number; readonly message: string }): void {
  if (world.state.switches.redundantDnssecCalls === "refuse") throw new Refusal(400, error);
}
