import { z } from "zod";
import { rememberDelegations, seenDelegation } from "./delegation-memory";
import { rememberDs, type SeenDs, seenDs } from "./ds-memory";
import type { ParentView } from "./parent-view";

/**
 * What was seen at a zone's parent. When it has gone from there, a resolver may go on holding it for its TTL, and no server
 * can be asked about that: so it is kept in state until that time is over.
 */
const parentMemory = z.object({
  ds: z.array(seenDs),
  delegations: z.array(seenDelegation),
  /** Until when resolvers may hold keys of a signer that the zone had before, in milliseconds since 1970. */
  keysUntil: z.number().optional(),
});
export type ParentMemory = z.output<typeof parentMemory>;

const NOTHING: ParentMemory = { ds: [], delegations: [] };

/** As it is in state, where there may be one DS set alone from before more was kept. */
export const savedParent = z.union([
  parentMemory,
  seenDs.transform((set: SeenDs): ParentMemory => ({ ds: [set], delegations: [] })),
]);

/** What to keep, given what was kept and what is seen now. `keyTtl`: of the keys that are served, in seconds. */
export function remember(
  kept: ParentMemory = NOTHING,
  seen: ParentView,
  keyTtl: number,
  now: number,
): ParentMemory {
  if (seen.kind === "unknown") return kept;
  const { keysUntil = 0 } = kept;
  return {
    ds: rememberDs(kept.ds, seen, keyTtl, now),
    delegations: rememberDelegations(kept.delegations, seen, now),
    ...(keysUntil > now ? { keysUntil } : {}),
  };
}

/** The same once another signs the zone: its keys of before live on in caches for `keyTtl` seconds. */
export function withPastKeys(memory: ParentMemory = NOTHING, keyTtl: number, now: number): ParentMemory {
  return { ...memory, keysUntil: Math.max(memory.keysUntil ?? 0, now + keyTtl * 1_000) };
}
