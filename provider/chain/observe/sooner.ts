import { isAtLeast } from "../../dns/serial-order";

/** The sooner of two times in seconds since 1970 modulo 2³², or the one that there is. */
export function sooner(some: number | undefined, other: number | undefined): number | undefined {
  if (some === undefined || other === undefined) return some ?? other;
  return isAtLeast(some, other) ? other : some;
}
