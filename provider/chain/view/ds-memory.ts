import { z } from "zod";
import { givenOut, heldUntil, isForgotten, renewed } from "./outlived";
import { type DsSet, isSameSet, type ParentView, setsOf } from "./parent-view";

const dsData = z.object({
  keyTag: z.number(),
  algorithm: z.number(),
  digestType: z.number(),
  digest: z.string(),
});

/** A DS set that was seen at a zone's parent. */
export const seenDs = givenOut.extend({
  ds: z.array(dsData),
  keyTtl: z.number(),
  /** No resolver was seen to have it yet: one that denies it may have asked before it was published. */
  isNew: z.literal(true).optional(),
});
export type SeenDs = z.output<typeof seenDs>;

/** A set that resolvers may hold, or keys by it, and until when. */
export interface HeldSet extends DsSet {
  readonly keyTtl: number;
  /** Milliseconds since 1970; `undefined` where nobody can say whether it has gone at all. */
  readonly until: number | undefined;
}

type Seen = Extract<ParentView, { kind: "seen" }>;

/** What to keep of a zone's DS sets, given what was kept and what is seen now. */
export function rememberDs(kept: readonly SeenDs[], seen: Seen, keyTtl: number, now: number): SeenDs[] {
  const looked = kept
    .flatMap((set) => lookedAt(set, seen, keyTtl, now))
    .filter((set) => !isForgotten(set, now));
  const isThere = ({ ds }: DsSet) => looked.some((set) => set.goneAt === undefined && isSameSet(set.ds, ds));
  const fresh = setsOf(seen)
    .filter((shown) => shown.ds.length > 0 && !isThere(shown))
    .map((shown) => ({ ...copyOf(shown, keyTtl), ...news(seen, shown) }));
  const { byResolver } = seen;
  const isKnown = [...looked, ...fresh, { ds: [] }].some((set) => isSameSet(set.ds, byResolver.ds));
  return [...looked, ...fresh, ...(isKnown ? [] : [{ ...copyOf(byResolver, keyTtl), goneAt: now }])];
}

/** What resolvers may hold besides what is seen at the parent. */
export function heldSets(kept: readonly SeenDs[], seen: ParentView, now: number): readonly HeldSet[] {
  const isSeen = ({ ds }: SeenDs) =>
    seen.kind === "seen" && setsOf(seen).some((shown) => isSameSet(ds, shown.ds));
  return kept
    .filter((set) => !isForgotten(set, now) && !isSeen(set))
    .map((set) => ({ ds: set.ds, ttl: set.ttl, keyTtl: set.keyTtl, until: heldUntil(set) }));
}

/** One set of before in the light of what is seen now. */
function lookedAt(set: SeenDs, seen: Seen, keyTtl: number, now: number): SeenDs[] {
  const isOfParent = seen.source === "parent";
  if (set.goneAt !== undefined) return [set];
  const shown = setsOf(seen).find(({ ds }) => isSameSet(set.ds, ds));
  if (shown === undefined) {
    const isDoubtful = !isOfParent && set.isNew;
    return isDoubtful ? [set] : [{ ...set, keyTtl: Math.max(set.keyTtl, keyTtl), goneAt: now }];
  }
  const present = { ...copyOf(shown, keyTtl), ...(set.isNew ? news(seen, shown) : {}) };
  // A resolver may tell what is left of the TTL.
  return renewed(set, isOfParent ? present : { ...present, ttl: Math.max(set.ttl, present.ttl) }, now);
}

function news({ source, byResolver }: Seen, shown: DsSet): { isNew?: true } {
  return source === "parent" && !isSameSet(shown.ds, byResolver.ds) ? { isNew: true } : {};
}

function copyOf({ ds, ttl }: DsSet, keyTtl: number): SeenDs {
  return { ds: [...ds], ttl, keyTtl };
}
