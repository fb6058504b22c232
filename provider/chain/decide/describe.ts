import { withoutDot } from "../../dns/domain-name";
import { nameAndAddress, type Primary } from "../../dns/primary";
import { laterThan } from "../../dns/serial-order";
import { describeFailure, summarizeFailure } from "../../primary/primary-error";
import type { ZoneView } from "../view/zone-view";
import type { Caution, Harm } from "./decision";
import { describeComingDs, describeDs } from "./describe-ds";

/** What a step would do, seen from outside. */
export interface Step {
  readonly zoneName: string;
  /** What is not done, e.g. `DNSSEC of example.com stays as it is`. */
  readonly stays: string;
}

const OVERRIDE = "force this run as below";

/** Why a step is refused: what was seen, what would come of it, and the safe order. */
export function describeHarms({ zoneName, stays }: Step, harms: readonly Harm[]): string {
  return [
    `${stays}: the change would take the zone off the air.`,
    ...harmLines(zoneName, harms, OVERRIDE).flat(),
  ].join("\n");
}

/** The lines of each harm; `override` is what to do where the harm is over and that cannot be seen. */
export function harmLines(zoneName: string, harms: readonly Harm[], override: string): string[][] {
  // No DS fits a zone without signatures: first it has to be signed, and then it is seen whether one still does not.
  const isUnsigned = harms.some(({ kind }) => kind === "unsigned");
  const first = isUnsigned ? harms.filter(({ kind }) => kind !== "ds" && kind !== "ds on its way") : harms;
  return first.map((harm) => describeHarm(zoneName, harm, override));
}

function describeHarm(zone: string, harm: Harm, override: string): string[] {
  switch (harm.kind) {
    case "unsigned":
      return [
        `  ${nameOf(harm.primary)} serves ${zone} ${whatIsMissing(harm.view)}, and Cloudflare would answer REFUSED for a presigned zone without signatures.`,
        "Next: sign the zone there, as npx pulumi-secondary-dns primary-config shows, then run the command again.",
      ];
    case "transfer unsigned":
      return [
        `  ${nameOf(harm.primary)} signs its responses for ${zone}, but its zone transfer (AXFR) has no signatures: Cloudflare would answer REFUSED.`,
        "Next: sign the zone itself there (in Knot by dnssec-signing, not mod-onlinesign), as npx pulumi-secondary-dns primary-config shows, then run the command again.",
      ];
    case "other denial":
      return [
        `  ${nameOf(harm.primary)} signs ${zone} with ${denialOf(harm)}, and the program says ${harm.wanted === "nsec3" ? "NSEC3" : "NSEC"}: Cloudflare would answer REFUSED.`,
        `Next: set what the primary uses (SecondaryZone: dnssec.nsec3: ${harm.wanted === "nsec"}; ZoneDnssec: dnssecUseNsec3: ${harm.wanted === "nsec"}), or sign with ${harm.wanted === "nsec3" ? "NSEC3" : "NSEC"} there first.`,
        ...(harm.wanted === "nsec3"
          ? ["  A server that has just begun to sign a large zone shows NSEC3 once the whole chain is built."]
          : []),
      ];
    case "denial unsigned":
      return [
        `  ${nameOf(harm.primary)} has no valid signature over the NSEC or NSEC3 records that prove that a name of ${zone} does not exist: resolvers would answer SERVFAIL instead of NXDOMAIN or an empty answer.`,
        "Next: sign the whole zone anew there, as npx pulumi-secondary-dns primary-config shows, then run the command again.",
      ];
    case "signatures not seen":
      return [
        `  Nothing shows that ${zone} is signed: neither a primary nor Cloudflare's name servers showed signatures.`,
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
      return describeDs(zone, harm);
    case "ds on its way":
      return describeComingDs(zone, harm.ds);
    case "other keys":
      return [
        `  ${nameOf(harm.primary)} signs ${zone} with keys that are not served now, lacks keys that are, or does not sign its DNSKEYs with a key that signs those that are served. Until their TTLs pass, resolvers mix old and new keys and signatures; with a DS, those answers are bogus.`,
        ...(harm.isSecure
          ? []
          : [
              `  The parent shows no DS now. Whether resolvers still have an earlier one cached cannot be seen from here. If the parent has had none for the TTL of the DS plus that of the DNSKEYs, ${override}.`,
            ]),
        "Next, one of these:",
        "  - publish the DNSKEYs of both servers at both of them, signed there by the KSK that signs them now (RFC 6781 section 4.3.5), wait for the TTL of the DNSKEYs and the longest in the zone, then run the command again;",
        "  - copy the keys that sign now to that server;",
        `  - remove the DS at the registrar, wait until it has gone and its TTL and that of the DNSKEYs have passed, then ${override}.`,
      ];
    case "delegation held":
      return [
        `  ${zone} is no longer delegated to Cloudflare (but to ${harm.delegation.map(withoutDot).join(", ")}), and resolvers may have the old delegation cached. For them: ${summaryOf(zone, harm.harm)}`,
        `Next: run the command again after ${new Date(harm.until).toISOString()}.`,
      ];
    case "parent unknown":
      return [
        `  It is not known whether the parent of ${zone} has a DS of the keys that sign now: ${harm.why}. With one, every validating resolver would answer SERVFAIL.`,
        "Next: name a resolver that can be asked (secondary-dns:resolver or SECONDARY_DNS_RESOLVER), then run the command again.",
      ];
    case "registrar unknown":
      return [
        `  It is not known whether the registrar has accepted a DS of ${zone} that its parent does not show yet: ${harm.why}`,
        "Next: make sure that HostUp can be reached with the program's API key, then run the command again.",
      ];
    case "no transfer":
      return [
        `  None of the new primaries transfers ${zone}, and Cloudflare would stop using its current one.`,
        ...harm.failures.map((failure) => indent(describeFailure(failure))),
        ...(harm.failures.some(({ cause }) => cause.kind === "wrong-secret") ? [RENAMED] : []),
      ];
    case "older serial":
      return [
        `  ${nameOf(harm.primary)} has ${zone} with serial ${harm.serial}, older than ${harm.served}, which Cloudflare serves: a secondary does not go back (RFC 1982).`,
        `Next: raise the serial there ${laterThan(harm.served, harm.serial)}, then run the command again.`,
      ];
  }
}

/** A new key of the same name is what a rename makes, and no primary has it. */
const RENAMED =
  "  Or, if the resource was renamed in the program: give it the old name as an alias (Pulumi's option aliases), which keeps the key that the primary has.";

/** One line for each thing that does not stand in the way. */
export function describeCaution(zone: string, caution: Caution): string {
  switch (caution.kind) {
    case "signatures end soon":
      return `${nameOf(caution.primary)} signs ${zone} until ${timeOf(caution.expires)}, and without a NOTIFY Cloudflare may not check for a newer zone for ${caution.refreshSeconds} s: it would then serve expired signatures. Sign the zone again there, and renew signatures earlier, or lower autoRefreshSeconds.`;
    case "nsec3 iterations":
      return `${nameOf(caution.primary)} signs ${zone} with ${caution.iterations} NSEC3 iterations, where RFC 9276 has 0: resolvers may treat the zone as unsigned, or answer SERVFAIL. Set 0 there.`;
    case "primary not asked":
      return `Not checked for ${zone}: ${typeof caution.why === "string" ? firstLine(caution.why) : summarizeFailure(caution.why)}`;
    case "parent not asked":
      return `Not checked for ${zone}: its parent's DS (${caution.why}).`;
    case "parent by resolver":
      return `Not checked for ${zone}: the servers of its parent, which cannot be queried from here. A resolver was queried for its DS instead, and may not know of a new one yet.`;
    case "delegation by resolver":
      return `A resolver says that ${zone} is delegated to ${caution.delegation.map(withoutDot).join(", ")}, which may be out of date. Without an answer from its parent's servers, the zone counts as delegated to Cloudflare.`;
    case "not delegated":
      return `${zone} is not delegated to Cloudflare yet (but to ${caution.delegation.map(withoutDot).join(", ")}), so this is only a warning: ${summaryOf(zone, caution.harm)}`;
  }
}

function summaryOf(zone: string, harm: Harm): string {
  const lines = describeHarm(zone, harm, OVERRIDE);
  const next = lines.findIndex((line) => line.startsWith("Next"));
  const seen = next === -1 ? lines : lines.slice(0, next);
  return firstLine(seen.map((line) => line.trim()).join(" "));
}

function nameOf(primary: Primary): string {
  return `The primary ${nameAndAddress(primary)}`;
}

function whatIsMissing({ dnskeys, signers, ended, begins }: ZoneView): string {
  if (dnskeys.length === 0) return "unsigned (no DNSKEY)";
  if (ended !== undefined) return `with signatures that expired at ${timeOf(ended)}`;
  if (begins !== undefined)
    return `with signatures that are valid from ${timeOf(begins)} only (its clock or this machine's is wrong)`;
  if (signers.length === 0) return "without a signature over its keys that verifies now";
  return "without a signature over its SOA that verifies now";
}

/** The time of a signature, given in seconds since 1970. */
export function timeOf(seconds: number): string {
  return new Date(seconds * 1_000).toISOString();
}

function denialOf({ denial }: Extract<Harm, { kind: "other denial" }>): string {
  if (denial.kind === "nsec") return "NSEC";
  const { iterations, saltLength } = denial;
  return `NSEC3 (${iterations} iterations, ${saltLength === 0 ? "no salt" : `a salt of ${saltLength} bytes`})`;
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
