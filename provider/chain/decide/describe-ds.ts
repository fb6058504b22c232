import { withoutDot } from "../../dns/domain-name";
import type { DsData } from "../../dns/ds";
import { textOf } from "../view/parent-view";
import type { Harm } from "./decision";

type DsHarm = Extract<Harm, { kind: "ds" }>;

/** A DS that what is served next does not fit, and the safe order. */
export function describeDs(zone: string, harm: DsHarm): string[] {
  return harm.heldUntil === undefined ? presentDs(zone, harm) : heldDs(zone, harm, harm.heldUntil);
}

/** A DS that is published, and that nobody can look at yet. */
export function describeComingDs(zone: string, ds: readonly DsData[]): string[] {
  return [
    `  The registrar has accepted DS records of ${zone} that its parent does not show yet. The parent will then have these, and resolvers that use them may not validate what would be served:`,
    ...ds.map((each) => `    ${withoutDot(zone)}. IN DS ${textOf(each)}`),
    `Next: wait until the parent shows them (dig ${withoutDot(zone)} DS), then run the command again, which says how to go on.`,
    '  If a run was killed while it published them: "pulumi up" with the registrar in the program first takes them over.',
  ];
}

function presentDs(zone: string, { ds, ttl, keyTtl }: DsHarm): string[] {
  return [
    `  The parent has this DS of ${zone}, and resolvers that use it may not validate what would be served:`,
    ...ds.map((each) => `    ${withoutDot(zone)}. ${ttl} IN DS ${textOf(each)}`),
    "Next, in this order:",
    "  1. remove the DS at the registrar;",
    '  2. wait until it has gone from the parent, then run "pulumi refresh", which notes the time;',
    `  3. wait ${span(ttl + keyTtl)} (the DS TTL plus the DNSKEY TTL), then run the command again;`,
    "  4. add the new DS at the registrar, if the zone is still signed.",
  ];
}

function heldDs(zone: string, { ds, ttl, keyTtl }: DsHarm, until: number): string[] {
  return [
    `  The parent no longer has this DS of ${zone}, but resolvers may have it cached for ${span(ttl)}, and the keys that they trust by it for ${span(keyTtl)} more:`,
    ...ds.map((each) => `    ${withoutDot(zone)}. ${ttl} IN DS ${textOf(each)}`),
    `Next: run the command again after ${new Date(until).toISOString()}.`,
  ];
}

function span(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 120) return `${seconds} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
