import { z } from "zod";
import { seenDs } from "../../chain/ds-memory";
import { type ParentMemory, savedParent } from "../../chain/parent-memory";
import type { DsData } from "../../dns/ds";

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
  /** From when on there is a record to take out. */
  readonly due?: number | undefined;
}

export function standingOf(saved: z.output<typeof savedSet>): Standing {
  const { records = [], __zoneName: zoneName, __parent, __shownSince, __due } = saved;
  return { zoneName, own: records, memory: __parent, shownSince: __shownSince, due: __due };
}

export function outputsOf(
  domainId: string,
  domainName: string | undefined,
  { zoneName, own, memory, shownSince, due }: Standing,
) {
  return {
    domainId,
    domainName,
    records: [...own].sort((a, b) => a.keyTag - b.keyTag),
    __zoneName: zoneName,
    __parent: memory,
    __shownSince: shownSince,
    __due: due,
  };
}
