import { withoutDot } from "../../provider/dns/domain-name";
import { multiSignerNotes, notesOf } from "../notes";
import type { PrimaryZone, Zones } from "../primary-zone";
import { refreshWarning } from "../signature-times";

/** It signs anew each Thursday, for two weeks from then: https://doc.powerdns.com/authoritative/dnssec/modes-of-operation.html#signatures */
const REMAINING_DAYS = 7;

/**
 * Keys only for a zone that has none, of whatever kind: PowerDNS shows a KSK alone as CSK and signs everything
 * with it. None for one that comes signed. No iterations and no salt: RFC 9276 section 3.1. A SOA-EDIT that is there
 * stays, since another one may lower the serial:
 * https://doc.powerdns.com/authoritative/dnssec/operational.html#possible-soa-edit-values
 */
export function signingLines({ name, signing }: PrimaryZone): string[] {
  if (signing.by === "nobody") return [];
  const zone = `'${withoutDot(name)}'`;
  return [
    `pdnsutil get-meta ${zone} PRESIGNED | grep -q '= 1' || {`,
    `pdnsutil list-keys ${zone} | grep -q ' [CKZ]SK ' || {`,
    `pdnsutil add-zone-key ${zone} ksk active ecdsa256`,
    `pdnsutil add-zone-key ${zone} zsk active ecdsa256`,
    "}",
    signing.denial === "nsec3" ? `pdnsutil set-nsec3 ${zone} '1 0 0 -'` : `pdnsutil unset-nsec3 ${zone}`,
    `pdnsutil get-meta ${zone} SOA-EDIT | grep -q '= [A-Z]' ||`,
    `pdnsutil set-meta ${zone} SOA-EDIT INCREMENT-WEEKS`,
    `pdnsutil rectify-zone ${zone}`,
    "}",
  ];
}

/** What to know of those lines. */
export function signingNotes(zones: Zones): string[] {
  const warnings = zones.flatMap((zone) =>
    zone.signing.by === "nobody" ? [] : refreshWarning(zone, REMAINING_DAYS),
  );
  return [
    ...notesOf(zones, {
      signed: [
        "A zone that has signing keys, or comes signed, keeps what it has. The served serial jumps to the stored one plus the weeks since",
        "1970, so that each week's new signatures get transferred. Raise the serial after a change between NSEC and NSEC3, and run",
        "rectify-zone after each load-zone.",
      ],
      primary: [
        "PowerDNS publishes no CDS, so no registry sets the DS by itself, unless it is told to: pdnsutil set-publish-cds ZONE.",
      ],
      both: (zone) => [
        ...multiSignerNotes(zone),
        "which direct-dnskey is for:",
        `  pdnsutil add-record ${zone} @ DNSKEY 3600 '256 3 13 ...'`,
      ],
      nobody: [
        "A zone that was signed here stays so until you say pdnsutil disable-dnssec ZONE: do that when the DS is gone from the parent and",
        "its TTL is over, raise the serial with it, and leave its SOA-EDIT, since the serial would fall without.",
      ],
    }),
    ...new Set(warnings),
  ];
}
