import { signingKey } from "../dns/signing-key";

/**
 * Cloudflare signs every zone with the same two keys. Their private halves are not ours: these are others,
 * whose seeds were searched for the tag that the real key-signing key always has, 2371.
 * https://developers.cloudflare.com/dns/dnssec/dnssec-active-migration/
 */
export const KSK = signingKey("cloudflare simulator 81222", "ksk");
export const ZSK = signingKey("cloudflare simulator 54821", "zsk");
