import type { View } from "./answer";
import { nsecOf } from "./nsec";
import { nsec3Of } from "./nsec3";
import type { ZoneData } from "./zone";

/** The two flags of the zone's DNSSEC settings that decide how a transferred zone is served. */
export interface ServingFlags {
  readonly dnssec_presigned: boolean;
  readonly dnssec_use_nsec3: boolean;
}

/** Why a zone that was transferred cannot be served. */
export interface Unservable {
  readonly reason: string;
}

/** A transferred zone and the ways to serve it, each made when it is first asked for. */
export class ServedZone {
  #plain: View | undefined;
  #withNsec: View | undefined;
  #withNsec3: View | undefined;

  constructor(readonly data: ZoneData) {}

  /**
   * Presigned serves the primary's own signatures, and negative answers with its own NSEC, or NSEC3 if
   * that is asked for (https://developers.cloudflare.com/dns/dnssec/enable-nsec3/): what is not in the
   * zone cannot be made up. Without presigned the primary's DNSSEC is left out; signing live is not
   * simulated.
   */
  viewFor({ dnssec_presigned, dnssec_use_nsec3 }: ServingFlags): View | Unservable {
    if (!dnssec_presigned) {
      this.#plain ??= { zone: this.data.withoutDnssec() };
      return this.#plain;
    }
    if (!this.data.isSigned) return { reason: NOT_SIGNED };
    if (dnssec_use_nsec3) {
      this.#withNsec3 ??= viewWith(this.data, nsec3Of(this.data));
      return this.#withNsec3 ?? { reason: "dnssec_use_nsec3 is on, but the transferred zone has no NSEC3" };
    }
    this.#withNsec ??= viewWith(this.data, nsecOf(this.data));
    return this.#withNsec ?? { reason: "dnssec_use_nsec3 is off, but the transferred zone has no NSEC" };
  }
}

export const NOT_SIGNED = "dnssec_presigned is on, but the transferred zone has no DNSKEY or RRSIG";

function viewWith(zone: ZoneData, denial: View["denial"]): View | undefined {
  return denial && { zone, denial };
}
