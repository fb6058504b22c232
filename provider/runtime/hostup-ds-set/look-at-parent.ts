import { showsAny } from "../../chain/guard/until-forgotten";
import { askKeyTtl } from "../../chain/observe/key-ttl";
import { observeParent } from "../../chain/observe/parent";
import type { SeenDs } from "../../chain/view/ds-memory";
import { type ParentMemory, remember } from "../../chain/view/parent-memory";
import { hasAny, type ParentView } from "../../chain/view/parent-view";
import type { DsData } from "../../dns/ds";
import type { RegistrarAccess } from "../clients";

export interface KnownSet {
  /** Published by the program. */
  readonly ds: readonly DsData[];
  /** Whether HostUp lists one of them. */
  readonly isListed: boolean;
  readonly kept: ParentMemory | undefined;
}

export interface ParentLook {
  readonly parent: ParentView;
  readonly memory: ParentMemory | undefined;
  /** The TTL of the zone's keys, in seconds. */
  readonly keyTtl: number;
  /** Whether the parent has one of the program's. */
  readonly isShown: boolean;
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
  const [parent, keyTtl] = await Promise.all([
    observeParent(zoneName, resolvers),
    askKeyTtl(zoneName, resolvers),
  ]);
  if (parent.kind === "unknown") return { parent, memory: kept, keyTtl, isShown: false };
  // Withdrawn by somebody, or by a run before this one, and only now seen to be gone.
  const isShown = showsAny(parent, ds);
  const isGone = ds.length > 0 && !isListed && !isShown;
  const stood = isGone ? withUnseen(kept, { ds: [...ds], keyTtl }) : kept;
  return { parent, memory: remember(stood, parent, keyTtl, Date.now()), keyTtl, isShown };
}

/** With records that stood at the parent, where nothing is known of them. */
export function withUnseen(
  memory: ParentMemory | undefined,
  unseen: Omit<SeenDs, "ttl">,
): ParentMemory | undefined {
  const known = memory?.ds ?? [];
  if (known.some((set) => hasAny(set.ds, unseen.ds))) return memory;
  return { delegations: [], ...memory, ds: [...known, { ...unseen, ttl: LONG_TTL }] };
}
