import type { SeenDs } from "../../chain/ds-memory";
import { tellForced } from "../../chain/force";
import type { ParentMemory } from "../../chain/parent-memory";
import { isSameSet } from "../../chain/parent-view";
import { type Forgetting, hasAny, showsAny, untilForgotten } from "../../chain/until-forgotten";
import type { DsData } from "../../dns/ds";
import { getDomainDnssec } from "../../hostup/ds-records";
import type { RegistrarAccess } from "../clients";
import { rowsOf } from "../hostup-ds-record/plan";
import { withdrawRows } from "../hostup-ds-record/withdraw";
import { lookAtParent, type ParentLook, withUnseen } from "./look-at-parent";

export interface Leaving {
  readonly domainId: string;
  readonly zoneName: string;
  /** The program's own. */
  readonly ds: readonly DsData[];
  readonly kept: ParentMemory | undefined;
  readonly waitForRemoval: number;
  /** How long HostUp may leave a record without the id that it is removed by, in seconds. */
  readonly removable: number;
  /** Whether what is seen here is lost where it does not end well, as with a delete. */
  readonly isForgetful: boolean;
}

export type Withdrawn =
  | Forgetting
  /** Nothing is withdrawn: it would take longer than there is time, and a later run could not tell how long. */
  | { readonly kind: "not noted"; readonly memory: ParentMemory | undefined; readonly seconds: number };

/** Withdraws all of the program's records, and waits until resolvers have forgotten them as far as there is time. */
export async function withdrawSet(access: RegistrarAccess, leaving: Leaving): Promise<Withdrawn> {
  const { domainId, zoneName, ds, kept, waitForRemoval: seconds, removable } = leaving;
  if (ds.length === 0 && !(kept?.ds ?? []).some(isGone)) return { kind: "forgotten", memory: kept };
  const list = async () => (await getDomainDnssec(access.hostup, domainId))?.records ?? [];
  const listed = ds.length > 0 ? await list() : [];
  const found = ds.map((each) => ({ ds: each, rows: rowsOf(listed, each) }));
  const isListed = found.some(({ rows }) => rows.length > 0);
  // Before anything is changed: afterwards nobody tells the TTL.
  const look = await lookAtParent(access, zoneName, { ds, isListed, kept });
  const { keyTtl } = look;
  const memory = isListed ? withUnheard(look, ds) : look.memory;
  const isForced = access.isForced(zoneName);
  if (leaving.isForgetful && isListed && !isForced) {
    const standing = memory?.ds.find((set) => !isGone(set) && hasAny(set.ds, ds));
    const needed = (standing?.ttl ?? 0) + keyTtl;
    const isNoted = standing === undefined || (kept?.ds ?? []).some((set) => isSameSet(set.ds, standing.ds));
    if (needed > seconds && !isNoted) return { kind: "not noted", memory, seconds: needed };
  }
  for (const { ds: each, rows } of found) {
    const again = async () => rowsOf(await list(), each);
    await withdrawRows(access.hostup, { domainId, ds: each }, rows, { seconds: removable, look: again });
  }
  if (isForced) {
    tellForced(zoneName, "the rest waits until no resolver can hold the DS that is withdrawn.");
    return { kind: "forgotten", memory };
  }
  return untilForgotten(access, { zoneName, ds, kept: memory, keyTtl, seconds });
}

/**
 * What HostUp has published and a resolver denies stands all the same: the denial may be older than the DS, and others
 * may have asked since.
 */
function withUnheard(
  { parent, memory, keyTtl }: ParentLook,
  ds: readonly DsData[],
): ParentMemory | undefined {
  if (parent.kind === "unknown" || parent.source === "parent" || showsAny(parent, ds)) return memory;
  return withUnseen(memory, { ds: [...ds], keyTtl, isNew: true });
}

/** From the parent. */
export function isGone({ goneAt }: SeenDs): boolean {
  return goneAt !== undefined;
}
