import type { Dnskey, DsData } from "../../dns/ds";

/** How a signed zone proves what it does not have. */
export type Denial =
  | { readonly kind: "nsec" }
  | { readonly kind: "nsec3"; readonly iterations: number; readonly saltLength: number };

/** What an authoritative server shows of a zone. */
export interface ZoneView {
  readonly serial: number;
  /** How long a secondary answers for the zone without having reached its primary, in seconds (RFC 1035 section 3.3.13). */
  readonly soaExpire: number;
  readonly dnskeys: readonly Dnskey[];
  /** The TTL of the set of keys, in seconds; 0 without keys. */
  readonly keyTtl: number;
  /** The keys whose signatures over the set of keys verify now: a DS of one of them makes a chain. */
  readonly signers: readonly Dnskey[];
  /** The keys whose signatures over the SOA verify now: those that sign what is in the zone. */
  readonly zoneSigners: readonly Dnskey[];
  /** Whether signatures that verify now stand over the set of keys and over the SOA. */
  readonly isSigned: boolean;
  /** When the first of those signatures ends, in seconds since 1970. */
  readonly expires: number | undefined;
  /** When signatures ended where there are none in force any more, in seconds since 1970. */
  readonly ended?: number | undefined;
  /** When signatures begin where there are none in force yet, in seconds since 1970: its clock or this one is wrong. */
  readonly begins?: number | undefined;
  /** Means something in a signed zone only. */
  readonly denial: Denial;
  /** Whether the denial of a name came with signatures that verify now; left out where it was not seen. */
  readonly isDenialSigned?: boolean | undefined;
  /** Those that are signed; others speak for nobody. */
  readonly cds: readonly DsData[];
}
