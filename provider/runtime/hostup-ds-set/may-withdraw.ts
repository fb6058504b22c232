import { deadWithout } from "../../chain/guard/signs-for-ds";
import { refuseUnlessForced } from "../../chain/run/force";
import type { ParentView } from "../../chain/view/parent-view";
import type { DsData } from "../../dns/ds";
import { rdataOf } from "../../dns/ds-text";
import type { RegistrarAccess } from "../clients";

/** Throws where the parent has a DS of somebody else besides, and the zone validates by the program's own alone. */
export async function refuseIfOthersStay(
  access: RegistrarAccess,
  zoneName: string,
  parent: ParentView,
  leaving: readonly DsData[],
): Promise<void> {
  const dead = await deadWithout(access, zoneName, parent, leaving);
  if (dead.length === 0) return;
  const list = (ds: readonly DsData[]) => ds.map(rdataOf).join(" and ");
  const problem = `DS ${list(leaving)} of ${zoneName} stays published: the parent also has DS ${list(dead)}, which is not the program's, and the zone is not seen to be signed by a key that it names. With that DS alone, nothing would validate.`;
  const next =
    "remove that DS where it was published (HostUp's console, or the CDS of the primary), then run the command again.";
  refuseUnlessForced(access, zoneName, { problem, next });
}

/**
 * Throws where the signing of the zone stays in the program and its state knows nothing of the DS: in a later run it
 * would not wait until resolvers have forgotten it.
 */
export function refuseIfUnrecorded(
  access: RegistrarAccess,
  zoneName: string,
  parent: ParentView,
  leaving: readonly DsData[],
): void {
  if (!access.recorded.lacks(zoneName, parent, leaving)) return;
  const problem = `DS ${leaving.map(rdataOf).join(" and ")} of ${zoneName} stays published for now: the state of what signs the zone (ZoneDnssec) does not record it yet, so a later change of signing would not wait until it has left the caches.`;
  const next = 'run "pulumi refresh", which records it, then run the command again.';
  refuseUnlessForced(access, zoneName, { problem, next });
}
