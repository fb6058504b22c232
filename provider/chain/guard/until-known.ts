import type { DsData } from "../../dns/ds";
import { pollUntil, waitOut } from "../../engine/poll";
import { observeParent } from "../observe/parent";
import type { DnsAccess } from "../run/access";
import { type ParentView, setsOf, textOf } from "../view/parent-view";

/** DS records that the registrar was told to publish beside others that are to go. */
export interface Publication {
  readonly zoneName: string;
  readonly ds: readonly DsData[];
  /** Since when the parent is known to have them, in milliseconds since 1970. */
  readonly shownSince: number | undefined;
  /** Of the set that they came into, as far as it is known, in seconds. */
  readonly ttl: number;
  /** When resolvers know the keys of these, in milliseconds since 1970. */
  readonly notBefore: number;
  /** How long to wait at most. */
  readonly seconds: number;
}

/** Whether each resolver that holds a DS of the zone holds these. */
export type Knowing = { readonly shownSince: number | undefined } & (
  | { readonly kind: "known" }
  /** Older sets are in caches until then (milliseconds since 1970). */
  | { readonly kind: "in caches"; readonly until: number }
  | { readonly kind: "not shown" }
  | { readonly kind: "parent unknown"; readonly why: string }
);

/** Waits until the parent has the records, and then for the TTL of what it had before (RFC 7583 section 3.3.2). */
export async function untilKnown(access: DnsAccess, publication: Publication): Promise<Knowing> {
  const { zoneName, ds, ttl, notBefore, seconds } = publication;
  const deadline = Date.now() + seconds * 1_000;
  const look = () => observeParent(zoneName, access.resolvers());
  const { observed: parent } = await pollUntil(await look(), {
    subject: `the parent of ${zoneName} to have its new DS`,
    timeoutSeconds: seconds,
    look,
    judge: (seen) => ({ kind: seen.kind === "unknown" || showsAll(seen, ds) ? "reached" : "wait" }),
  });
  if (parent.kind === "unknown")
    return { kind: "parent unknown", why: parent.why, shownSince: publication.shownSince };
  if (!showsAll(parent, ds)) return { kind: "not shown", shownSince: undefined };
  const shownSince = publication.shownSince ?? Date.now();
  const until = Math.max(
    shownSince + Math.max(ttl, ...setsOf(parent).map((set) => set.ttl)) * 1_000,
    notBefore,
  );
  if (until > deadline && until > Date.now()) return { kind: "in caches", until, shownSince };
  await waitOut(`resolvers to forget the DS that ${zoneName} had alone`, until);
  return { kind: "known", shownSince };
}

/** Whether each of the parent's servers has them all. */
export function showsAll(parent: ParentView, ds: readonly DsData[]): boolean {
  if (parent.kind === "unknown") return false;
  return setsOf(parent).every((set) => {
    const shown = set.ds.map(textOf);
    return ds.every((each) => shown.includes(textOf(each)));
  });
}
