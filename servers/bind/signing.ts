import { multiSignerNotes, notesOf } from "../notes";
import type { PrimaryZone, Zones } from "../primary-zone";
import { signatureTimes } from "../signature-times";

export interface PolicyWish {
  readonly denial: "nsec" | "nsec3";
  readonly refreshSeconds: number;
}

/** None where nobody signs, or where the primary has one already. */
export function policyWish({ signing, policy, refreshSeconds }: PrimaryZone): PolicyWish | undefined {
  return signing.by === "nobody" || policy !== undefined
    ? undefined
    : { denial: signing.denial, refreshSeconds };
}

/** No iterations and no salt: RFC 9276 section 3.1. */
export function bindPolicy(name: string, { denial, refreshSeconds }: PolicyWish): string[] {
  const { lifetime, remaining, propagation } = signatureTimes({ refreshSeconds });
  return [
    `dnssec-policy "${name}" {`,
    "    keys {",
    "        ksk lifetime unlimited algorithm ecdsap256sha256;",
    "        zsk lifetime unlimited algorithm ecdsap256sha256;",
    "    };",
    ...(denial === "nsec3" ? ["    nsec3param iterations 0 optout no salt-length 0;"] : []),
    `    // For a secondary that checks every ${refreshSeconds} s when no NOTIFY arrives.`,
    `    signatures-refresh P${remaining}D;`,
    `    signatures-validity P${lifetime}D;`,
    `    signatures-validity-dnskey P${lifetime}D;`,
    `    zone-propagation-delay P${propagation}D;`,
    "    // No limit. BIND's own is a day, and a zone with a longer TTL does not load.",
    "    max-zone-ttl 0;",
    "};",
  ];
}

/**
 * What to know of dnssec-policy. On the way to unsigned, signatures stay until BIND is told that the DS is gone, and
 * the serial never falls: https://bind9.readthedocs.io/en/stable/dnssec-guide.html#reverting-to-unsigned
 * Of multi-signer: https://bind9.readthedocs.io/en/v9.20.0/notes.html#new-features
 */
export function signingNotes(zones: Zones): string[] {
  return notesOf(zones, {
    signed: [
      "A zone that is signed already keeps its own dnssec-policy (and key-directory) in place of this one, which would roll it to other",
      "keys.",
    ],
    primary: [
      "BIND publishes CDS and CDNSKEY some days after it first signs: a registry that reads them, as .se and .nu, sets the DS itself.",
    ],
    both: (zone) => [
      ...multiSignerNotes(zone),
      "as a DNSKEY record in the file. BIND 9.20 keeps it; 9.18 drops it without a word, and has no other way with inline-signing. No",
      "registry may act on the CDS that BIND publishes, since it names this server's key alone.",
    ],
    nobody: [
      "A zone that was signed here: only when the DS is gone from the parent and its TTL is over. BIND publishes CDS to have it deleted,",
      "and, once it knows that there is a DS, some days after it first signed, goes on signing until it is told that there is none:",
      "  rndc dnssec -checkds withdrawn ZONE",
      "26 hours after that its signatures are gone. inline-signing and dnssec-policy may stay. To take them out, raise the serial in the",
      "file above the one served, and delete the files beside it. A zone that never was signed here needs neither.",
    ],
  });
}
