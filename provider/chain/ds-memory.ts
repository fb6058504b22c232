import { z } from "zod";
import { type DsSet, isSameSet, type ParentView } from "./parent";

/**
 * The last DS that was seen at a zone's parent. When it has gone, a resolver may go on holding it for its TTL, and the
 * keys that it made trusted for theirs; no server can be asked about that, so it is kept in state until that time is over.
 */
export const dsMemory = z.object({
  ds: z.array(
    z.object({ keyTag: z.number(), algorithm: z.number(), digestType: z.number(), digest: z.string() }),
  ),
  /** Seconds, of the DS and of the zone's DNSKEY. */
  ttl: z.number(),
  keyTtl: z.number(),
  /** When it was first seen to be gone, in milliseconds since 1970. */
  goneAt: z.number().optional(),
});
export type DsMemory = z.output<typeof dsMemory>;

/** A set that resolvers may still hold, or keys by it, and until when. */
export interface HeldSet extends DsSet {
  readonly keyTtl: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** What Cloudflare gives its own keys, and BIND's default for others: where the set could not be looked at. */
export const USUAL_KEY_TTL = 3_600;

/** What to keep, given what was kept and what is seen now. */
export function remember(
  kept: DsMemory | undefined,
  seen: ParentView,
  keyTtl: number,
  now: number,
): DsMemory | undefined {
  if (seen.kind === "unknown") return kept;
  if (kept !== undefined && !isSameSet(kept.ds, seen.now.ds)) {
    const gone = { ...kept, goneAt: kept.goneAt ?? now };
    // The older set matters for longer than the one that took its place: that one can be seen.
    if (now < endOf(gone)) return gone;
  }
  if (seen.now.ds.length > 0) return { ds: [...seen.now.ds], ttl: seen.now.ttl, keyTtl };
  const { cached } = seen;
  return cached && { ds: [...cached.ds], ttl: cached.ttl, keyTtl, goneAt: now };
}

/** What resolvers may hold though the parent does not have it. */
export function heldSets(kept: DsMemory | undefined, now: number): readonly HeldSet[] {
  if (kept?.goneAt === undefined) return [];
  const until = endOf({ ...kept, goneAt: kept.goneAt });
  const { ds, ttl, keyTtl } = kept;
  return now < until ? [{ ds, ttl, keyTtl, until }] : [];
}

/**
 * A resolver may have got the DS at the last moment, and with it, just before that ran out, the keys. It trusts those for
 * their own TTL: seen with Unbound, which RFC 4035 section 4.3 allows.
 */
function endOf({ goneAt, ttl, keyTtl }: DsMemory & { readonly goneAt: number }): number {
  return goneAt + (ttl + keyTtl) * 1_000;
}
