import { type DsMemory, remember, USUAL_KEY_TTL } from "../../chain/ds-memory";
import { observeSecondary } from "../../chain/observe-secondary";
import { observeParent, type ParentView } from "../../chain/parent";
import { showsAny } from "../../chain/until-forgotten";
import type { DsData } from "../../dns/ds";
import type { RegistrarAccess } from "../clients";

export interface KnownSet {
  /** Published by the program. */
  readonly ds: readonly DsData[];
  /** Whether HostUp lists one of them. */
  readonly isListed: boolean;
  readonly kept: DsMemory | undefined;
}

export interface ParentLook {
  readonly parent: ParentView;
  readonly memory: DsMemory | undefined;
  /** The TTL of the zone's keys, in seconds. */
  readonly keyTtl: number;
}

/** As long as a registry has a DS as a rule, .com among them. For records that nobody has looked at while they stood. */
const LONG_TTL = 86_400;

/** What stands at the parent of a domain, and what resolvers may hold of its DS set. */
export async function lookAtParent(
  access: RegistrarAccess,
  zoneName: string,
  { ds, isListed, kept }: KnownSet,
): Promise<ParentLook> {
  const resolvers = access.resolvers();
  const parent = await observeParent(zoneName, resolvers);
  if (parent.kind === "unknown") return { parent, memory: kept, keyTtl: kept?.keyTtl ?? USUAL_KEY_TTL };
  const views = await observeSecondary(zoneName, parent.delegation ?? [], resolvers);
  const ttls = views.flatMap((view) => (view.ok && view.value.keyTtl > 0 ? [view.value.keyTtl] : []));
  const keyTtl = ttls.length > 0 ? Math.max(...ttls) : (kept?.keyTtl ?? USUAL_KEY_TTL);
  // What the parent shows is what the next look has to know of; an older set is in caches for less time than that.
  if (showsAny(parent, ds))
    return { parent, memory: remember(undefined, parent, keyTtl, Date.now()), keyTtl };
  // Withdrawn by somebody, or by a run before this one, and only now seen to be gone.
  const isGone = ds.length > 0 && !isListed;
  const stood = kept ?? (isGone ? { ds: [...ds], ttl: LONG_TTL, keyTtl } : undefined);
  return { parent, memory: remember(stood, parent, keyTtl, Date.now()), keyTtl };
}
