import type { Name } from "./name";
import type { RecordSet } from "./zone";

/** How a signed zone proves what it does not have: by NSEC (RFC 4034) or by NSEC3 (RFC 5155). */
export interface Denial {
  /** Says which types stand at this name. */
  matching(name: Name): RecordSet | undefined;
  /** Says that this name does not exist. */
  covering(name: Name): RecordSet | undefined;
  /** Says that the closest encloser exists; NSEC needs none, its covering record says so already. */
  enclosing(name: Name): RecordSet | undefined;
}

/** The last of the sorted keys that is not behind the wanted one; before the first comes the last. */
export function indexBefore(count: number, isBehind: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return (low + count - 1) % count;
}
