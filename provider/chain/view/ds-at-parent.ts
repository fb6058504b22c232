import { z } from "zod";
import type { DsData } from "../../dns/ds";
import { seenDs } from "./ds-memory";
import { isSameSet, type ParentView, setsOf, textOf } from "./parent-view";

/** The DS set that the parent of a zone was last seen to have, however it came there. */
export const dsAtParent = z.object({
  records: seenDs.shape.ds,
  /** When it was first seen, in ISO 8601. */
  since: z.string(),
});
export type DsAtParent = z.output<typeof dsAtParent>;

function eachOnce(ds: readonly DsData[]): readonly DsData[] {
  return [...new Map(ds.map((each) => [textOf(each), each])).values()];
}

/** What is known after another look; nothing where the parent has no DS. The clock is in milliseconds. */
export function seenAtParent(
  before: DsAtParent | undefined,
  parent: ParentView | undefined,
  now: number,
): DsAtParent | undefined {
  if (parent === undefined || parent.kind === "unknown") return before;
  const ds = eachOnce(setsOf(parent).flatMap((set) => set.ds));
  if (before !== undefined && isSameSet(before.records, ds)) return before;
  if (ds.length === 0) return undefined;
  const records = [...ds].sort((a, b) => a.keyTag - b.keyTag || a.digestType - b.digestType);
  return { records, since: new Date(now).toISOString() };
}
