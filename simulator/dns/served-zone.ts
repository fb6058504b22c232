import type { View } from "./answer";
import { TYPE } from "./codes";
import { nsecOf } from "./nsec";
import { nsec3Of } from "./nsec3";
import { signZone } from "./sign-zone";
import type { DenialKind } from "./sign-zone-denial";
import type { SigningKey } from "./signing-key";
import type { ZoneData } from "./zone";

/** How a transferred zone is to be served, by the zone's DNSSEC settings. */
export type Serving =
  /** Without DNSSEC, the primary's left out too. */
  | { readonly kind: "plain" }
  /** With the primary's own signatures. */
  | { readonly kind: "presigned"; readonly denial: DenialKind }
  /** Signed by whoever serves it, the primary's DNSSEC left out. */
  | { readonly kind: "live"; readonly denial: DenialKind; readonly signer: Signer };

export interface Signer {
  readonly ksk: SigningKey;
  readonly zsk: SigningKey;
  /** Whether the DNSKEYs that came by transfer are published too. */
  readonly withTransferredKeys: boolean;
  /** Of the DNSKEY set, in seconds. */
  readonly keyTtl: number;
  /** Seconds since 1970. */
  readonly now: number;
}

/** Why a zone that was transferred cannot be served. */
export interface Unservable {
  readonly reason: string;
}

/** Signatures hold so long before and behind the time at which they were made. */
const VALID_SECONDS = 25 * 3600;
/** After so long, either way, they are made anew. */
const FRESH_SECONDS = 3600;

interface LiveView {
  readonly view: View;
  readonly key: string;
  readonly signedAt: number;
}

/** A transferred zone and the ways to serve it, each made when it is first asked for. */
export class ServedZone {
  #plain: View | undefined;
  #withNsec: View | undefined;
  #withNsec3: View | undefined;
  #live: LiveView | undefined;

  constructor(readonly data: ZoneData) {}

  /**
   * Presigned serves the primary's own signatures, and negative answers with its own NSEC, or NSEC3 if
   * that is asked for (https://developers.cloudflare.com/dns/dnssec/enable-nsec3/): what is not in the
   * zone cannot be made up.
   */
  viewFor(serving: Serving): View | Unservable {
    switch (serving.kind) {
      case "plain":
        this.#plain ??= { zone: this.data.withoutDnssec() };
        return this.#plain;
      case "presigned":
        return this.data.isSigned ? this.#presigned(serving.denial) : { reason: NOT_SIGNED };
      case "live":
        return this.#signed(serving.denial, serving.signer);
    }
  }

  #presigned(denial: DenialKind): View | Unservable {
    if (denial === "nsec3") {
      this.#withNsec3 ??= viewWith(this.data, nsec3Of(this.data));
      return this.#withNsec3 ?? { reason: "dnssec_use_nsec3 is on, but the transferred zone has no NSEC3" };
    }
    this.#withNsec ??= viewWith(this.data, nsecOf(this.data));
    return this.#withNsec ?? { reason: "dnssec_use_nsec3 is off, but the transferred zone has no NSEC" };
  }

  /** Kept while its signatures are fresh: it takes long to sign a large zone. */
  #signed(denial: DenialKind, { ksk, zsk, withTransferredKeys, keyTtl, now }: Signer): View {
    const key = `${denial} ${withTransferredKeys}`;
    const live = this.#live;
    if (live?.key === key && Math.abs(now - live.signedAt) < FRESH_SECONDS) return live.view;
    const foreign = withTransferredKeys ? this.data.find(this.data.origin, TYPE.DNSKEY)?.records : undefined;
    const zone = signZone(this.data, {
      ksk,
      zsk,
      foreignKeys: foreign ?? [],
      keyTtl,
      denial,
      validity: { inception: now - VALID_SECONDS, expiration: now + VALID_SECONDS },
    });
    const proof = denial === "nsec3" ? nsec3Of(zone) : nsecOf(zone);
    const view = { zone, ...(proof ? { denial: proof } : {}) };
    this.#live = { view, key, signedAt: now };
    return view;
  }
}

export const NOT_SIGNED = "dnssec_presigned is on, but the transferred zone has no DNSKEY or RRSIG";

function viewWith(zone: ZoneData, denial: View["denial"]): View | undefined {
  return denial && { zone, denial };
}
