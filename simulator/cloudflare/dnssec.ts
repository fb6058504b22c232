import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ApiAnswer } from "../http";
import type { World, Zone } from "../state";
import { bodyOf, type CloudflareCall, type CloudflareRoute, zoneOf } from "./call";
import { disable, enable, FLAG_NAMES, isDeleted, remove, settleDnssec } from "./dnssec-states";
import { Refusal, success } from "./envelope";
import { CHOSEN, SEEN } from "./error-codes";
import { withNulls } from "./null-fields";
import { NO_KEY, zoneKey } from "./zone-key";

const editBody = z.strictObject({
  status: z.enum(["active", "disabled"]).exactOptional(),
  dnssec_presigned: z.boolean().exactOptional(),
  dnssec_use_nsec3: z.boolean().exactOptional(),
  dnssec_multi_signer: z.boolean().exactOptional(),
});

type EditedFlags = Omit<z.infer<typeof editBody>, "status">;

function present(zone: Zone, { state }: World): object {
  const { dnssec, dnssecFlagsSet } = zone;
  const isHidden = (flag: string) =>
    state.switches.unsetDnssecFlags === "absent" &&
    FLAG_NAMES.some((name) => name === flag && !dnssecFlagsSet.includes(name));
  const shown = Object.entries(dnssec).filter(([field]) => !isHidden(field));
  return { ...Object.fromEntries(shown), ...(isDeleted(zone) ? NO_KEY : zoneKey(zone.name)) };
}

function edit(call: CloudflareCall, zoneId: string): ApiAnswer {
  const { world } = call;
  const zone = zoneOf(call, zoneId);
  const { status, ...flags } = bodyOf(call, withNulls(world.state.switches.nullFields, editBody));
  if (status === undefined && world.state.switches.dnssecWithoutStatus === "refuse") {
    throw new Refusal(400, { ...SEEN.missingStatus, source: { pointer: "/status" } });
  }
  // Changed on a copy: a refused edit must leave nothing behind.
  const edited: Zone = { ...zone, dnssec: { ...zone.dnssec, ...flags } };
  const given = FLAG_NAMES.filter((flag) => flags[flag] !== undefined);
  edited.dnssecFlagsSet = [...new Set([...zone.dnssecFlagsSet, ...given])];
  requirePossible(flags, edited, world);
  if (status === "active") enable(edited, world);
  if (status === "disabled") disable(edited, world);
  const isChanged = !isDeepStrictEqual(edited.dnssec, zone.dnssec);
  if (isChanged && !isDeleted(edited)) edited.dnssec.modified_on = new Date(world.now()).toISOString();
  settleDnssec(edited, world);
  world.state.zones[zone.id] = edited;
  return success(present(edited, world));
}

/**
 * Presigned needs a secondary zone, NSEC3 the enterprise plan. Only what is asked for is
 * judged: a flag that a changed zone has left over stays until somebody clears it.
 */
function requirePossible(asked: EditedFlags, { type, plan, dnssec }: Zone, { state }: World): void {
  if (asked.dnssec_presigned && type !== "secondary") {
    throw new Refusal(400, { ...CHOSEN.presignedNeedsSecondary, source: { pointer: "/dnssec_presigned" } });
  }
  if (asked.dnssec_use_nsec3 && plan !== "enterprise") throw new Refusal(400, SEEN.planOrZone);
  const contradicts = dnssec.dnssec_presigned && dnssec.dnssec_multi_signer;
  if (contradicts && state.switches.presignedWithMultiSigner === "refuse") {
    throw new Refusal(400, CHOSEN.presignedWithMultiSigner);
  }
}

export const dnssecRoutes: readonly CloudflareRoute[] = [
  {
    method: "GET",
    path: "/zones/*/dnssec",
    rights: ["DNS Read", "DNS Write"],
    handle: (call, zoneId: string) => success(present(zoneOf(call, zoneId), call.world)),
  },
  { method: "PATCH", path: "/zones/*/dnssec", rights: ["DNS Write"], handle: edit },
  {
    method: "DELETE",
    path: "/zones/*/dnssec",
    rights: ["DNS Write"],
    handle: (call, zoneId: string) => {
      const zone = zoneOf(call, zoneId);
      remove(zone, call.world);
      // The result is a bare string, by example an id.
      return success(zone.id);
    },
  },
];
