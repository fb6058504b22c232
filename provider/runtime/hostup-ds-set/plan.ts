import type { DsData } from "../../dns/ds";
import { rdataOf } from "../../dns/ds-text";

export interface SetPlan {
  /** To be published. */
  readonly missing: readonly DsData[];
  /** The program's own, published and not wanted any more. */
  readonly obsolete: readonly DsData[];
}

/**
 * What brings a domain's DS set to what is wanted. Records of others stay: whether the registry reads CDS or somebody
 * uses a console, they are not the program's to judge.
 */
export function planSet(
  listed: readonly DsData[],
  own: readonly DsData[],
  wanted: readonly DsData[],
): SetPlan {
  return {
    missing: without(wanted, listed),
    obsolete: without(common(own, listed), wanted),
  };
}

export function without(some: readonly DsData[], others: readonly DsData[]): readonly DsData[] {
  const texts = new Set(others.map(rdataOf));
  return some.filter((each) => !texts.has(rdataOf(each)));
}

export function common(some: readonly DsData[], others: readonly DsData[]): readonly DsData[] {
  const texts = new Set(others.map(rdataOf));
  return some.filter((each) => texts.has(rdataOf(each)));
}

/** Each once. */
export function union(some: readonly DsData[], others: readonly DsData[]): readonly DsData[] {
  return [...some, ...without(others, some)];
}
