import { z } from "zod";
import { type DsSet, isSameSet, type ParentView } from "./parent";

/**
 * The last DS that was seen at a zone's parent. When it has gone, a resolver may go on holding it for its TTL, and no
 * server can be asked about that: so it is kept in state until that time is over.
 */
export const dsMemory = z.object({
  ds: z.array(
    z.object({ keyTag: z.number(), algorithm: z.number(), digestType: z.number(), digest: z.string() }),
  ),
  /** Seconds. */
  ttl: z.number(),
  /** When it was first seen to be gone, in milliseconds since 1970. */
  goneAt: z.number().optional(),
});
export type DsMemory = z.output<typeof dsMemory>;

/** A set that resolvers may still hold, and until when. */
export interface HeldSet extends DsSet {
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** What to keep, given what was kept and what is seen now. */
export function remember(kept: DsMemory | undefined, seen: ParentView, now: number): DsMemory | undefined {
  if (seen.kind === "unknown") return kept;
  if (kept !== undefined && !isSameSet(kept.ds, seen.now.ds)) {
    const goneAt = kept.goneAt ?? now;
    // The older set matters for longer than the one that took its place: that one can be seen.
    if (now < goneAt + kept.ttl * 1_000) return { ...kept, goneAt };
  }
  if (seen.now.ds.length > 0) return { ds: [...seen.now.ds], ttl: seen.now.ttl };
  const { cached } = seen;
  return cached && { ds: [...cached.ds], ttl: cached.ttl, goneAt: now };
}

/** What resolvers may hold though the parent does not have it. */
export function heldSets(kept: DsMemory | undefined, seen: ParentView, now: number): readonly HeldSet[] {
  const held: HeldSet[] = [];
  if (seen.kind === "seen" && seen.cached)
    held.push({ ...seen.cached, until: now + seen.cached.ttl * 1_000 });
  if (kept?.goneAt !== undefined && now < kept.goneAt + kept.ttl * 1_000)
    held.push({ ds: kept.ds, ttl: kept.ttl, until: kept.goneAt + kept.ttl * 1_000 });
  return held;
}
