import { multiSignerNotes, notesOf, SIGNED_ALREADY } from "../notes";
import type { PrimaryZone, Zones } from "../primary-zone";
import { signatureTimes } from "../signature-times";

export interface PolicyWish {
  readonly by: "primary" | "both";
  readonly denial: "nsec" | "nsec3";
  readonly refreshSeconds: number;
}

/** None where nobody signs, or where the primary has one already. */
export function policyWish({ signing, policy, refreshSeconds }: PrimaryZone): PolicyWish | undefined {
  return signing.by === "nobody" || policy !== undefined ? undefined : { ...signing, refreshSeconds };
}

/** No iterations and no salt: RFC 9276 section 3.1. */
export function knotPolicy(name: string, { by, denial, refreshSeconds }: PolicyWish): string[] {
  const { lifetime, remaining, propagation } = signatureTimes({ refreshSeconds });
  return [
    `  - id: "${name}"`,
    "    algorithm: ecdsap256sha256",
    ...(denial === "nsec3" ? ["    nsec3: on", "    nsec3-iterations: 0", "    nsec3-salt-length: 0"] : []),
    "    # No rollover by itself.",
    "    zsk-lifetime: 0",
    `    # For a secondary that checks every ${refreshSeconds} s when no NOTIFY arrives.`,
    `    rrsig-lifetime: ${lifetime}d`,
    `    rrsig-refresh: ${remaining}d`,
    `    propagation-delay: ${propagation}d`,
    // A registry that sets the DS by CDS would leave out the other signer's key.
    ...(by === "both" ? ["    cds-cdnskey-publish: none"] : []),
  ];
}

/** The lines of a zone's block. */
export function signingLines({ signing, policy: own }: PrimaryZone, policy: string): string[] {
  if (signing.by === "nobody") return [];
  const named = own === undefined ? `"${policy}" # ${SIGNED_ALREADY}` : `"${own}"`;
  return ["dnssec-signing: on", `dnssec-policy: ${named}`];
}

/** What to know of those lines. */
export function signingNotes(zones: Zones): string[] {
  return notesOf(zones, {
    signed: [
      "A zone that is signed already keeps its own dnssec-policy in place of this one, which would roll it to other keys.",
    ],
    primary: [
      "Knot publishes CDS and CDNSKEY at once: a registry that reads them, as .se and .nu, sets the DS itself.",
    ],
    both: (zone) => [
      ...multiSignerNotes(zone),
      "in a file:",
      `  keymgr ${zone} import-pub FILE.key && knotc zone-sign ${zone}`,
    ],
    nobody: [
      "A zone that was signed here keeps its dnssec-signing and dnssec-policy lines, and the policy, until the DS is gone from the parent",
      "and its TTL is over: without them Knot drops all signatures at the zone's next change. The keys stay in the database.",
    ],
  });
}
