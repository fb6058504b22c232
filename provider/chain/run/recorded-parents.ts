import { undottedALabels } from "../../dns/domain-name";
import type { DsData } from "../../dns/ds";
import type { ParentMemory } from "../view/parent-memory";
import { type DsSet, hasAny, isSameSet, type ParentView, setsOf } from "../view/parent-view";

/**
 * What the state has of the parents of those zones whose signing stays in this run's program. A DS that is withdrawn now
 * lives on in caches: a later change of signing waits for that only if it is recorded there.
 */
export class RecordedParents {
  readonly #byZone = new Map<string, ParentMemory | undefined>();

  note(zoneName: string, memory: ParentMemory | undefined): void {
    this.#byZone.set(undottedALabels(zoneName), memory);
  }

  has(zoneName: string): boolean {
    return this.#byZone.has(undottedALabels(zoneName));
  }

  /**
   * Whether such a zone's parent shows one of these and a look after that has gone would not know for how long it is
   * cached. Another set that is recorded, such as that of before a roll, is then seen to have gone as well.
   */
  lacks(zoneName: string, parent: ParentView, ds: readonly DsData[]): boolean {
    if (parent.kind === "unknown" || !this.has(zoneName)) return false;
    const recorded = this.#byZone.get(undottedALabels(zoneName))?.ds ?? [];
    const standing = recorded.filter(({ goneAt }) => goneAt === undefined);
    // A resolver may tell what is left of the TTL.
    const isKnown = (shown: DsSet) =>
      standing.some(
        (set) => set.ttl >= shown.ttl || (parent.source === "resolver" && isSameSet(set.ds, shown.ds)),
      );
    return setsOf(parent).some((shown) => hasAny(shown.ds, ds) && !isKnown(shown));
  }

  clear(): void {
    this.#byZone.clear();
  }
}
