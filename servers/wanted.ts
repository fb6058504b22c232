/** What a primary must know so that transfers to Cloudflare work. */
export interface PrimaryWants {
  /** Without the final dot. */
  readonly zoneName: string;
  /**
   * Each of them may transfer: there are two while one replaces the other. The active one is first, since
   * PowerDNS signs NOTIFY with the first.
   */
  readonly keys: readonly TransferKey[];
  /** Whether the primary signs the zone, and with NSEC3. */
  readonly signing: "none" | "nsec" | "nsec3";
  readonly secondary: SecondaryAddresses;
}

/** A TSIG key in the forms that Cloudflare has: name and algorithm with the final dot, the secret in base64. */
export interface TransferKey {
  readonly name: string;
  readonly algo: string;
  readonly secret: string;
}

/** Where a secondary is, seen from its primary. */
export interface SecondaryAddresses {
  /** Where transfers are asked from: addresses and prefixes. */
  readonly transferFrom: readonly string[];
  /** Where NOTIFY goes to. */
  readonly notify: readonly Endpoint[];
}

/** The line that each configuration begins with. */
export function heading({ zoneName, secondary }: PrimaryWants): string {
  const source =
    secondary === CLOUDFLARE
      ? " Addresses as documented on 2026-11-21, without the older ones that Cloudflare falls back to until 2026-12-01."
      : "";
  return `For ${zoneName} at Cloudflare as secondary.${source}`;
}

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

const dns = (address: string): Endpoint => ({ address, port: 53 });

/**
 * Cloudflare's own, as documented on 2026-11-21. Until 2026-12-01 it also tries older ranges, where these are blocked:
 * https://developers.cloudflare.com/dns/zone-setups/zone-transfers/access-control-lists/cloudflare-ip-addresses/
 */
export const CLOUDFLARE: SecondaryAddresses = {
  transferFrom: ["104.30.167.163", "104.30.167.173", "2a09:bac0:1000:c47::/64"],
  notify: [
    dns("172.65.30.82"),
    dns("172.65.50.145"),
    dns("2606:4700:60:0:317:26ee:3bdf:5774"),
    dns("2606:4700:60:0:35a:4be3:4144:c5ee"),
  ],
};
