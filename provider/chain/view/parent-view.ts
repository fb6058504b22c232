import type { DsData } from "../../dns/ds";

/** A set of DS records, and for how long a resolver keeps one that it has just got, in seconds. */
export interface DsSet {
  readonly ds: readonly DsData[];
  readonly ttl: number;
}

/** The name servers that a parent delegates to, and for how long a resolver keeps that, in seconds. */
export interface Delegation {
  readonly hosts: readonly string[];
  readonly ttl: number;
}

/** What stands at the parent of a zone. */
export type ParentView =
  | {
      readonly kind: "seen";
      /** The parent's own servers, or what a resolver says of them. */
      readonly source: "parent" | "resolver";
      /** Without records where there is none. */
      readonly now: DsSet;
      /** What others of the parent's servers have, where they differ: a change is on its way to them. */
      readonly others?: readonly DsSet[];
      /** What a resolver holds, which may be from before. */
      readonly byResolver: DsSet;
      /** `undefined` where nobody says. */
      readonly delegation: Delegation | undefined;
    }
  | { readonly kind: "unknown"; readonly why: string };

/** Each set that a resolver may get now. */
export function setsOf({ now, others = [] }: Extract<ParentView, { kind: "seen" }>): readonly DsSet[] {
  return [now, ...others];
}

/** Whether a resolver may get a DS now, so that it validates. */
export function hasDs(parent: ParentView): boolean {
  return parent.kind === "seen" && setsOf(parent).some(({ ds }) => ds.length > 0);
}

export function isSameSet(some: readonly DsData[], others: readonly DsData[]): boolean {
  return some.map(textOf).sort().join() === others.map(textOf).sort().join();
}

export function hasAny(some: readonly DsData[], others: readonly DsData[]): boolean {
  const texts = some.map(textOf);
  return others.some((each) => texts.includes(textOf(each)));
}

/** As zone files have it. */
export function textOf({ keyTag, algorithm, digestType, digest }: DsData): string {
  return `${keyTag} ${algorithm} ${digestType} ${digest}`;
}
