import { TYPE } from "./codes";
import { type Denial, indexBefore } from "./denial";
import { compareOrder, orderOf } from "./name";
import type { ZoneData } from "./zone";

/** The chain of NSEC records, or undefined if the zone has none. */
export function nsecOf(zone: ZoneData): Denial | undefined {
  const chain = [...zone.all(TYPE.NSEC)]
    .map((set) => ({ set, order: orderOf(set.name) }))
    .sort((one, other) => compareOrder(one.order, other.order));
  if (chain.length === 0) return undefined;

  return {
    matching: (name) => zone.find(name, TYPE.NSEC),
    covering: (name) => {
      const wanted = orderOf(name);
      const isBehind = (index: number) => compareOrder(chain[index]?.order ?? [], wanted) > 0;
      return chain[indexBefore(chain.length, isBehind)]?.set;
    },
    enclosing: () => undefined,
  };
}
