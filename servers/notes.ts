import { withoutDot } from "../provider/dns/domain-name";
import type { PrimaryZone, Zones } from "./primary-zone";

/** What stands in a configuration's comments. Each of these is said once, whatever the number of zones. */
export interface Notes {
  /** For zones that the primary signs, alone or with Cloudflare. */
  readonly signed: readonly string[];
  readonly primary: readonly string[];
  /** For a zone that both sign, by its name without the final dot. */
  readonly both: (zone: string) => readonly string[];
  readonly nobody: readonly string[];
}

/** Those that some of the zones need. */
export function notesOf(zones: Zones, { signed, primary, both, nobody }: Notes): string[] {
  const signedBy = (signer: PrimaryZone["signing"]["by"]) =>
    zones.filter(({ signing }) => signing.by === signer);
  const isSigned = zones.length > signedBy("nobody").length;
  return [
    ...(isSigned ? signed : []),
    ...(signedBy("primary").length > 0 ? primary : []),
    ...signedBy("both").flatMap(({ name }) => both(withoutDot(name))),
    ...(signedBy("nobody").length > 0 ? nobody : []),
  ];
}

export function heading([{ name }, ...others]: Zones): string {
  const rest = others.length === 0 ? "" : ` and ${others.length} more`;
  return `For ${withoutDot(name)}${rest} at Cloudflare as secondary.`;
}

/** BIND, Knot and NSD refuse a key that stands twice, so texts of zones that share one cannot be put side by side. */
export const ONE_KEY_BLOCK =
  "Zones that share a key need one text: export primaryConfig([zone, zone, ...]). Servers refuse a key that is defined twice.";

/** Beside the line that names a policy, where who replaces a zone's block has to see it. */
export const SIGNED_ALREADY =
  "For a zone that is signed already, name its own policy (dnssec.primaryPolicy): this one would roll its keys.";

/** https://developers.cloudflare.com/dns/zone-setups/zone-transfers/access-control-lists/create-new-list/ */
export const NOTIFY_SOURCE =
  "Cloudflare accepts NOTIFY from the address of the peer. On a server without IPv6, leave out the IPv6 addresses.";

/**
 * What the primary needs of Cloudflare (RFC 8901 section 2.1.2), up to where it goes.
 * https://developers.cloudflare.com/dns/dnssec/multi-signer-dnssec/setup/
 */
export function multiSignerNotes(zone: string): string[] {
  return [
    `Cloudflare signs ${zone} too: its NS records name both sides, the parent has the DS of both, and each side has the other's ZSK among`,
    "its DNSKEYs. This server's gets there by the transfer, as do the NS records.",
    `Cloudflare's ZSK (dig +noall +answer @NAME-SERVER ${zone} DNSKEY | grep -w '256 3', or GET /zones/ID/dnssec/zsk) has to go here,`,
  ];
}
