import { howToForce, tellForced } from "../../chain/force";
import type { ParentView } from "../../chain/parent-view";
import { deadWithout } from "../../chain/signs-for-ds";
import { RefusedError } from "../../core/errors";
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
  if (access.isForced(zoneName)) return tellForced(zoneName, problem);
  throw new RefusedError(
    [
      problem,
      "Next: remove that DS where it was published (HostUp's console, or the CDS of the primary), then run the command again.",
      howToForce(zoneName),
    ].join("\n"),
  );
}
