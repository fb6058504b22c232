import type { DsData } from "../../dns/ds";
import { pollUntil, waitOut } from "../../engine/poll";
import { observeParent } from "../observe/parent";
import type { DnsAccess } from "../run/access";
import { heldSets } from "../view/ds-memory";
import { type ParentMemory, remember } from "../view/parent-memory";
import { hasAny, type ParentView, setsOf } from "../view/parent-view";

/** DS records that the registrar was told to take out. */
export interface Withdrawal {
  readonly zoneName: string;
  readonly ds: readonly DsData[];
  /** What is known of the set that they were in. */
  readonly kept: ParentMemory | undefined;
  readonly keyTtl: number;
  /** How long to wait at most. */
  readonly seconds: number;
  /** Whether what is known of the set is lost with this wait: it lasts as long as it takes once they have gone. */
  readonly isOnlyNow: boolean;
}

/** What came of it, and what is known of the set now. */
export type Forgetting = { readonly memory: ParentMemory | undefined } & (
  | { readonly kind: "forgotten" }
  /** Gone from the parent, and in caches until then (milliseconds since 1970). */
  | { readonly kind: "held"; readonly until: number }
  | { readonly kind: "still there" }
  | { readonly kind: "parent unknown"; readonly why: string }
);

/** Waits until the records have gone from the parent, and then until no resolver can hold them or the keys that they name. */
export async function untilForgotten(access: DnsAccess, withdrawal: Withdrawal): Promise<Forgetting> {
  const { zoneName, ds, kept, keyTtl, seconds, isOnlyNow } = withdrawal;
  const deadline = Date.now() + seconds * 1_000;
  const look = () => observeParent(zoneName, access.resolvers());
  const { observed: parent } = await pollUntil(await look(), {
    subject: `the DS of ${zoneName} to disappear from its parent`,
    timeoutSeconds: seconds,
    look,
    judge: (seen) => ({ kind: seen.kind === "seen" && showsAny(seen, ds) ? "wait" : "reached" }),
  });
  if (parent.kind === "unknown") return { kind: "parent unknown", why: parent.why, memory: kept };
  const memory = remember(kept, parent, keyTtl, Date.now());
  if (showsAny(parent, ds)) return { kind: "still there", memory };
  access.withdrawn.note(zoneName, memory);
  const ends = heldSets(memory.ds, parent, Date.now()).map(({ until }) => until);
  if (!ends.every((end) => end !== undefined)) {
    const why = "only a resolver can be asked, and it may never have seen the DS";
    return { kind: "parent unknown", why, memory };
  }
  const until = Math.max(0, ...ends);
  if (until > deadline && !isOnlyNow) return { kind: "held", until, memory };
  await waitOut(`resolvers to forget the DS of ${zoneName}`, until);
  return { kind: "forgotten", memory };
}

/** Whether one of the parent's servers has one of them. */
export function showsAny(parent: Extract<ParentView, { kind: "seen" }>, ds: readonly DsData[]): boolean {
  return setsOf(parent).some((set) => hasAny(set.ds, ds));
}
