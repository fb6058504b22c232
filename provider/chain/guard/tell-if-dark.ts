import { withoutDot } from "../../dns/domain-name";
import { observeNameServers } from "../observe/observe-secondary";
import { isResponse } from "../observe/seen-served";
import type { ChainAccess } from "../run/access";
import { tellOnce } from "../run/tell-once";
import { type ParentView, setsOf } from "../view/parent-view";
import { signsForDs } from "./signs-for-ds";

/**
 * Tells of a presigned zone that its delegated name servers refuse, or serve so that it does not validate by the parent's DS:
 * a refresh changes nothing, and what somebody changed at the primary or in a console may have done it.
 */
export async function tellIfDark(access: ChainAccess, zoneName: string, parent: ParentView): Promise<void> {
  if (parent.kind !== "seen" || parent.delegation === undefined) return;
  const sets = setsOf(parent).filter(({ ds }) => ds.length > 0);
  const servers = await observeNameServers(zoneName, parent.delegation.hosts, access.resolvers());
  const faults = servers.flatMap(({ server, view }) => {
    if (!isResponse(view)) return [];
    const name = withoutDot(server.name);
    if (!view.ok) return [`${name} does not answer for it`];
    const isValid = sets.every(({ ds }) => signsForDs(view.value, zoneName, ds));
    return isValid ? [] : [`${name} serves it so that it does not validate by the DS at the parent`];
  });
  if (faults.length === 0) return;
  tellOnce(
    access.cloudflare,
    `Danger for ${withoutDot(zoneName)}: ${faults.join(", and ")}. Next: see why with "npx pulumi-secondary-dns doctor ${withoutDot(zoneName)}".`,
  );
}
