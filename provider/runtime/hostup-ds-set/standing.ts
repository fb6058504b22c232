import { z } from "zod";
import { seenDs } from "../../chain/view/ds-memory";
import { type ParentMemory, savedParent } from "../../chain/view/parent-memory";
import type { DsData } from "../../dns/ds";
import { rdataOf } from "../../dns/ds-text";

/** What the state keeps of a domain's DS set. */
export const savedSet = z.object({
  profile: z.string().optional(),
  domainName: z.string().optional(),
  /** Absent after `get`, which manages nothing. */
  ds: z.string().optional(),
  waitForRemoval: z.number().default(0),
  records: seenDs.shape.ds.optional(),
  __zoneName: z.string().optional(),
  __parent: savedParent.optional(),
  __shownSince: z.number().optional(),
  __wasShown: z.boolean().optional(),
  __signed: z.object({ ds: z.string(), since: z.number(), keyTtl: z.number() }).optional(),
  __due: z.number().optional(),
});

/** The same in our words; empty before the first run. */
export interface Standing {
  readonly zoneName?: string | undefined;
  /** Published by the program. */
  readonly own: readonly DsData[];
  /** What was last seen at the parent. */
  readonly memory?: ParentMemory | undefined;
  /** Since when the parent is known to have all that is wanted, in milliseconds since 1970. */
  readonly shownSince?: number | undefined;
  /** Whether the parent was seen to have one of the program's since there are any. */
  readonly wasShown?: boolean | undefined;
  readonly signed?: Signed | undefined;
  /** From when on there is a record to publish or to take out. */
  readonly due?: number | undefined;
}

/** Since when the name servers are known to serve the zone signed for a DS set, in milliseconds since 1970. */
export interface Signed {
  /** The set, in one normal form. */
  readonly ds: string;
  readonly since: number;
  /** For how long from then on resolvers may hold other keys, in seconds. */
  readonly keyTtl: number;
}

/** Of the keys that resolvers may hold: the longest of the TTLs seen now, and the end of those that are served no more. */
interface CachedKeys {
  readonly keyTtl: number;
  /** Milliseconds since 1970. */
  readonly pastUntil: number;
}

/** What is known of it when the zone is seen to be signed for the set now. */
export function signedFor(
  before: Signed | undefined,
  ds: readonly DsData[],
  { keyTtl, pastUntil }: CachedKeys,
  now: number,
): Signed {
  const text = ds.map(rdataOf).sort().join("\n");
  const since = before?.ds === text ? before.since : now;
  const left = Math.ceil((pastUntil - since) / 1_000);
  return { ds: text, since, keyTtl: Math.max(keyTtl, before?.keyTtl ?? 0, left) };
}

/** What is left of it when the zone is not. */
export function unsigned(before: Signed): Signed {
  return { ...before, ds: "" };
}

export function standingOf(saved: z.output<typeof savedSet>): Standing {
  const { records = [], __zoneName: zoneName, __parent, __shownSince, __wasShown, __signed, __due } = saved;
  return {
    zoneName,
    own: records,
    memory: __parent,
    shownSince: __shownSince,
    wasShown: __wasShown,
    signed: __signed,
    due: __due,
  };
}

export function outputsOf(
  domainId: string,
  domainName: string | undefined,
  { zoneName, own, memory, shownSince, wasShown, signed, due }: Standing,
) {
  return {
    domainId,
    domainName,
    records: [...own].sort((a, b) => a.keyTag - b.keyTag),
    __zoneName: zoneName,
    __parent: memory,
    __shownSince: shownSince,
    __wasShown: own.length > 0 ? wasShown : undefined,
    __signed: signed,
    __due: due,
  };
}
