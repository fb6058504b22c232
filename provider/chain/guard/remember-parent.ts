import { unlessForbidden } from "../../cloudflare/client";
import { getRecentDnssec } from "../../cloudflare/dnssec";
import type { Incoming } from "../../cloudflare/incoming";
import { withoutDot } from "../../dns/domain-name";
import { askKeyTtl } from "../observe/key-ttl";
import { observeParent } from "../observe/parent";
import type { ChainAccess } from "../run/access";
import { type ParentMemory, remember } from "../view/parent-memory";
import type { ParentView } from "../view/parent-view";

export interface LookAtParent {
  readonly parent: ParentView;
  readonly memory: ParentMemory;
}

/** Looks at a zone's parent, so that a DS that goes later is known to have been there. */
export async function lookAtParent(
  access: ChainAccess,
  zoneName: string,
  kept: ParentMemory | undefined,
): Promise<LookAtParent> {
  const resolvers = access.resolvers();
  const [parent, keyTtl] = await Promise.all([
    observeParent(zoneName, resolvers),
    askKeyTtl(zoneName, resolvers),
  ]);
  return { parent, memory: remember(kept, parent, keyTtl, Date.now()) };
}

/**
 * What the transfer of a presigned zone remembers of its DS. What signs the zone remembers it too, and may be taken out of
 * the program, or replaced, before the transfer.
 */
export async function rememberDs(
  access: ChainAccess,
  { name }: Pick<Incoming, "name">,
  zoneId: string,
  kept: ParentMemory | undefined,
): Promise<ParentMemory | undefined> {
  const dnssec = await unlessForbidden(getRecentDnssec(access.cloudflare, zoneId));
  const isPresigned = dnssec !== "not allowed" && dnssec?.dnssec_presigned === true;
  if (!isPresigned && kept === undefined) return undefined;
  const { ds } = (await lookAtParent(access, withoutDot(name), kept)).memory;
  return ds.length === 0 ? undefined : { ds, delegations: [] };
}
