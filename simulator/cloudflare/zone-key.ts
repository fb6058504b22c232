import { dsOf } from "../dns/ds";
import { parseName } from "../dns/name";
import { ALGORITHM } from "../dns/signing-key";
import { KSK } from "./signing-keys";

/** The key fields of a zone that is signed, with the true DS of Cloudflare's key for the zone's name. */
export function zoneKey(zoneName: string) {
  const ds = dsOf(parseName(zoneName), KSK.dnskey);
  const [, , , digest = ""] = ds.split(" ");
  return {
    algorithm: String(ALGORITHM),
    digest,
    digest_algorithm: "SHA256",
    digest_type: "2",
    ds: `${zoneName}. 3600 IN DS ${ds}`,
    flags: KSK.flags,
    key_tag: KSK.tag,
    key_type: "ECDSAP256SHA256",
    public_key: KSK.dnskey.toString("base64", 4),
  };
}

/** Whether the parent's DS set names Cloudflare's key, by any kind of digest. */
export function namesOurKey(ds: readonly string[], zoneName: string): boolean {
  return ds.length > 0 && ([1, 2, 4] as const).some((type) => ds.includes(ourDs(zoneName, type)));
}

export function ourDs(zoneName: string, digestType: 1 | 2 | 4 = 2): string {
  return dsOf(parseName(zoneName), KSK.dnskey, digestType);
}

export const NO_KEY: { readonly [Field in keyof ReturnType<typeof zoneKey>]: null } = {
  algorithm: null,
  digest: null,
  digest_algorithm: null,
  digest_type: null,
  ds: null,
  flags: null,
  key_tag: null,
  key_type: null,
  public_key: null,
};
