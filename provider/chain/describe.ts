import { withoutDot } from "../core/domain-name";
import type { Primary } from "../dns/primary";
import { describeFailure, summarizeFailure } from "../dns/primary-error";
import type { Caution, Harm } from "./decide";
import { howToForce } from "./force";
import { textOf } from "./parent";
import type { ZoneView } from "./zone-view";

/** What a step would do, seen from outside. */
export interface Step {
  readonly zoneName: string;
  /** What is not done, e.g. `DNSSEC of example.com stays as it is`. */
  readonly stays: string;
}

/** Why a step is refused: what was seen, what would come of it, and the safe order. */
export function describeHarms({ zoneName, stays }: Step, harms: readonly Harm[]): string {
  return [
    `${stays}: the change would take the zone off the air.`,
    ...harms.flatMap((harm) => describeHarm(zoneName, harm)),
    howToForce(zoneName),
  ].join("\n");
}

function describeHarm(zone: string, harm: Harm): string[] {
  switch (harm.kind) {
    case "unsigned":
      return [
        `  ${nameOf(harm.primary)} serves ${zone} ${whatIsMissing(harm.view)}, and Cloudflare would answer REFUSED for a presigned zone without signatures.`,
        "Next: sign the zone there, as primaryConfig shows, then run the command again.",
      ];
    case "other denial":
      return [
        `  ${nameOf(harm.primary)} signs ${zone} with ${denialOf(harm)}, and the program says ${harm.wanted === "nsec3" ? "NSEC3" : "NSEC"}: Cloudflare would answer REFUSED.`,
        `Next: say what the primary has (SecondaryZone: dnssec.nsec3: ${harm.wanted === "nsec"}; ZoneDnssec: dnssecUseNsec3: ${harm.wanted === "nsec"}), or sign with ${harm.wanted === "nsec3" ? "NSEC3" : "NSEC"} there first.`,
        ...(harm.wanted === "nsec3"
          ? ["  A server that has just begun to sign a large zone shows NSEC3 once the whole chain is built."]
          : []),
      ];
    case "signatures not seen":
      return [
        `  Nobody has seen that ${zone} is signed: neither a primary nor Cloudflare's name servers showed signatures.`,
        ...harm.failures.map((failure) => indent(describeFailure(failure))),
        ...harm.unseen.map((line) => indent(line)),
        ...(harm.failures.length + harm.unseen.length === 0
          ? [
              "  It has no incoming transfer with a primary that could be asked.",
              "Next: give the zone its primaries first (SecondaryZone: primaries; else an IncomingTransfer), and sign it there.",
            ]
          : []),
      ];
    case "ds":
      return harm.heldUntil === undefined ? presentDs(zone, harm) : heldDs(zone, harm, harm.heldUntil);
    case "parent unknown":
      return [
        `  Whether the parent of ${zone} has a DS of the keys that sign now could not be seen: ${harm.why}. With one, every validating resolver would answer SERVFAIL.`,
        "Next: name a resolver that can be asked (secondary-dns:resolver or SECONDARY_DNS_RESOLVER), then run the command again.",
      ];
    case "no transfer":
      return [
        `  No primary gives ${zone}, and the one that Cloudflare transfers from now would be left.`,
        ...harm.failures.map((failure) => indent(describeFailure(failure))),
        ...(harm.failures.some(({ cause }) => cause.kind === "wrong-secret") ? [RENAMED] : []),
      ];
    case "older serial":
      return [
        `  ${nameOf(harm.primary)} has ${zone} with serial ${harm.serial}, older than ${harm.served}, which Cloudflare serves: a secondary does not go back (RFC 1982).`,
        `Next: raise the serial there above ${harm.served}, then run the command again.`,
      ];
  }
}

type DsHarm = Extract<Harm, { kind: "ds" }>;

/** A new key of the same name is what a rename makes, and no primary has it. */
const RENAMED =
  "  Or, if the resource was renamed in the program: give it the old name as an alias (Pulumi's option aliases), which keeps the key that the primary has.";

function presentDs(zone: string, { ds, ttl, keyTtl }: DsHarm): string[] {
  return [
    `  The parent has for ${zone}, and resolvers that go by it may not validate what would be served:`,
    ...ds.map((each) => `    ${withoutDot(zone)}. ${ttl} IN DS ${textOf(each)}`),
    "Next, in this order:",
    "  1. take the DS out at the registrar;",
    '  2. wait until it has gone from the parent, then run "pulumi refresh", which notes the time;',
    `  3. ${span(ttl + keyTtl)} later, the TTLs of the DS and of the zone's keys, run the command again;`,
    "  4. put the new DS in, if the zone is still signed.",
  ];
}

function heldDs(zone: string, { ds, ttl, keyTtl }: DsHarm, until: number): string[] {
  return [
    `  The parent no longer has this DS of ${zone}, and resolvers may hold it for ${span(ttl)}, and the keys that they trust by it for ${span(keyTtl)} more:`,
    ...ds.map((each) => `    ${withoutDot(zone)}. ${ttl} IN DS ${textOf(each)}`),
    `Next: run the command again after ${new Date(until).toISOString()}.`,
  ];
}

/** One line for each thing that does not stand in the way. */
export function describeCaution(zone: string, caution: Caution): string {
  switch (caution.kind) {
    case "primary not asked":
      return `Not checked for ${zone}: ${typeof caution.why === "string" ? firstLine(caution.why) : summarizeFailure(caution.why)}`;
    case "parent not asked":
      return `Not checked for ${zone}: its parent's DS (${caution.why}).`;
    case "parent by resolver":
      return `Not checked for ${zone}: the servers of its parent, which cannot be asked from here. Of its DS a resolver told, which hears of a new one late.`;
    case "not delegated":
      return `${zone} is not delegated to Cloudflare yet (but to ${caution.delegation.map(withoutDot).join(", ")}), so this is only told: ${summaryOf(zone, caution.harm)}`;
  }
}

function summaryOf(zone: string, harm: Harm): string {
  return firstLine(describeHarm(zone, harm).join(" ").trim());
}

function nameOf({ name, address, port }: Primary): string {
  const where = `${address} port ${port}`;
  return `The primary ${name === address ? where : `${name} (${where})`}`;
}

function whatIsMissing({ dnskeys, signers }: ZoneView): string {
  if (dnskeys.length === 0) return "unsigned (no DNSKEY)";
  if (signers.length === 0) return "without a signature over its keys that verifies now";
  return "without a signature over its SOA that verifies now";
}

function denialOf({ denial }: Extract<Harm, { kind: "other denial" }>): string {
  if (denial.kind === "nsec") return "NSEC";
  const { iterations, saltLength } = denial;
  return `NSEC3 (${iterations} iterations, ${saltLength === 0 ? "no salt" : `a salt of ${saltLength} bytes`})`;
}

function span(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 120) return `${seconds} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => (line.startsWith("Next:") ? line : `  ${line}`))
    .join("\n");
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
