import { z } from "zod";

/** Something that a zone's parent was seen to give out. */
export const givenOut = z.object({
  /** Seconds. */
  ttl: z.number(),
  /** That of the zone's keys, where resolvers trust them by it. */
  keyTtl: z.number().optional(),
  /** When it was first seen to be gone, in milliseconds since 1970. */
  goneAt: z.number().optional(),
});
type GivenOut = z.output<typeof givenOut>;

/**
 * For how many seconds it counts once it has gone. A resolver may have got a DS at the last moment, and with it, just before
 * that ran out, the keys. It trusts those for their own TTL: seen with Unbound, which RFC 4035 section 4.3 allows.
 */
export function lifeOf({ ttl, keyTtl = 0 }: GivenOut): number {
  return ttl + keyTtl;
}

/** When it counts no more, in milliseconds since 1970; `undefined` while it is there. */
export function heldUntil(given: GivenOut): number | undefined {
  return given.goneAt === undefined ? undefined : given.goneAt + lifeOf(given) * 1_000;
}

export function isForgotten(given: GivenOut, now: number): boolean {
  const until = heldUntil(given);
  return until !== undefined && now >= until;
}

/** What was there and is there still. Where it lives shorter now, resolvers go on with what they have for the longer time. */
export function renewed<Given extends GivenOut>(before: Given, present: Given, now: number): Given[] {
  return lifeOf(present) < lifeOf(before) ? [{ ...before, goneAt: now }, present] : [present];
}
