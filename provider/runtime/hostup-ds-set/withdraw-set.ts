import { type Forgetting, showsAny, untilForgotten } from "../../chain/guard/until-forgotten";
import { tellForced } from "../../chain/run/force";
import type { SeenDs } from "../../chain/view/ds-memory";
import type { ParentMemory } from "../../chain/view/parent-memory";
import { hasAny, isSameSet } from "../../chain/view/parent-view";
import type { DsData } from "../../dns/ds";
import { pollUntil } from "../../engine/poll";
import { getDomainDnssec } from "../../hostup/ds-records";
import type { RegistrarAccess } from "../clients";
import { rowsOf } from "../hostup-ds-record/plan";
import { withdrawRows } from "../hostup-ds-record/withdraw";
import { lookAtParent, type ParentLook, withUnseen } from "./look-at-parent";
import { refuseIfOthersStay, refuseIfUnrecorded } from "./may-withdraw";

export interface Leaving {
  readonly domainId: string;
  readonly zoneName: string;
  /** The program's own. */
  readonly ds: readonly DsData[];
  readonly kept: ParentMemory | undefined;
  /** Whether the parent was seen to have one of them. */
  readonly wasShown: boolean;
  readonly waitForRemoval: number;
  /** How long HostUp may leave a record without the id that it is removed by, in seconds. */
  readonly removable: number;
  /** Whether what is seen here is lost where it does not end well, as with a delete. */
  readonly isForgetful: boolean;
}

export type Withdrawn =
  | Forgetting
  /** Nothing is withdrawn: nobody says what would be left at the parent. */
  | { readonly kind: "not looked"; readonly memory: ParentMemory | undefined; readonly why: string }
  /** Nothing is withdrawn: the registry has yet to publish what HostUp took, and would do so when nobody waits for it. */
  | { readonly kind: "not shown"; readonly memory: ParentMemory | undefined }
  /** Nothing is withdrawn: it would take longer than there is time, and a later run could not tell how long. */
  | { readonly kind: "not noted"; readonly memory: ParentMemory | undefined; readonly seconds: number };

/** Withdraws all of the program's records, and waits until resolvers have forgotten them as far as there is time. */
export function withdrawSet(access: RegistrarAccess, leaving: Leaving): Promise<Withdrawn> {
  return access.withdrawn.during(leaving.zoneName, () => withdrawNow(access, leaving));
}

async function withdrawNow(access: RegistrarAccess, leaving: Leaving): Promise<Withdrawn> {
  const { domainId, zoneName, ds, kept, wasShown, waitForRemoval: seconds, removable } = leaving;
  if (ds.length === 0 && !(kept?.ds ?? []).some(isGone)) return { kind: "forgotten", memory: kept };
  const list = async () => (await getDomainDnssec(access.hostup, domainId))?.records ?? [];
  const listed = ds.length > 0 ? await list() : [];
  const found = ds.map((each) => ({ ds: each, rows: rowsOf(listed, each) }));
  const isListed = found.some(({ rows }) => rows.length > 0);
  // Before anything is changed: afterwards nobody tells the TTL.
  const isForced = access.isForced(zoneName);
  const once = { ...leaving, isListed, isAwaited: isListed && !wasShown && !isForced };
  const look = await lookOnceShown(access, once);
  if (isListed && !isForced && look.parent.kind === "unknown")
    return { kind: "not looked", memory: look.memory, why: look.parent.why };
  if (once.isAwaited && isYetToCome(look)) return { kind: "not shown", memory: look.memory };
  const { keyTtl } = look;
  const memory = isListed ? withUnheard(look, ds) : look.memory;
  const standing = memory?.ds.find((set) => !isGone(set) && hasAny(set.ds, ds));
  const isNoted = standing === undefined || (kept?.ds ?? []).some((set) => isSameSet(set.ds, standing.ds));
  if (leaving.isForgetful && isListed && !isForced) {
    refuseIfUnrecorded(access, zoneName, look.parent, ds);
    const needed = (standing?.ttl ?? 0) + keyTtl;
    if (needed > seconds && !isNoted) return { kind: "not noted", memory, seconds: needed };
  }
  if (isListed) await refuseIfOthersStay(access, zoneName, look.parent, ds);
  for (const { ds: each, rows } of found) {
    const again = async () => rowsOf(await list(), each);
    await withdrawRows(access.hostup, { domainId, ds: each }, rows, { seconds: removable, look: again });
  }
  if (isForced) {
    tellForced(zoneName, "the rest waits until no resolver can have the withdrawn DS cached.");
    return { kind: "forgotten", memory };
  }
  const isOnlyNow = leaving.isForgetful && !isNoted;
  return untilForgotten(access, { zoneName, ds, kept: memory, keyTtl, seconds, isOnlyNow });
}

interface Once extends Leaving {
  readonly isListed: boolean;
  /** Whether to wait for the parent to have them. */
  readonly isAwaited: boolean;
}

async function lookOnceShown(access: RegistrarAccess, once: Once): Promise<ParentLook> {
  const { zoneName, ds, isListed, kept, isAwaited, waitForRemoval } = once;
  const look = () => lookAtParent(access, zoneName, { ds, isListed, kept });
  const { observed } = await pollUntil(await look(), {
    subject: `the parent of ${zoneName} to have the DS that is to be withdrawn`,
    timeoutSeconds: isAwaited ? waitForRemoval : 0,
    look,
    judge: (seen) => ({ kind: isAwaited && isYetToCome(seen) ? "wait" : "reached" }),
  });
  return observed;
}

/** The parent's own servers say so: a resolver may go by an older answer. */
function isYetToCome({ parent, isShown }: ParentLook): boolean {
  return parent.kind === "seen" && parent.source === "parent" && !isShown;
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
