import { dsOf } from "../dns/ds";
import { parseName } from "../dns/name";

/**
 * The key-signing key that Cloudflare publishes for every zone; its tag is always 2371.
 * https://developers.cloudflare.com/dns/dnssec/dnssec-active-migration/
 */
const PUBLIC_KEY = "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";
const FLAGS = 257;
const PROTOCOL = 3;
const ALGORITHM = 13;
const RDATA = Buffer.concat([
  Buffer.from([FLAGS >> 8, FLAGS & 0xff, PROTOCOL, ALGORITHM]),
  Buffer.from(PUBLIC_KEY, "base64"),
]);

/** The key fields of a zone that is signed, with the true DS of that key for the zone's name. */
export function zoneKey(zoneName: string) {
  const ds = dsOf(parseName(zoneName), RDATA);
  const [tag, , , digest = ""] = ds.split(" ");
  return {
    algorithm: String(ALGORITHM),
    digest,
    digest_algorithm: "SHA256",
    digest_type: "2",
    ds: `${zoneName}. 3600 IN DS ${ds}`,
    flags: FLAGS,
    key_tag: Number(tag),
    key_type: "ECDSAP256SHA256",
    public_key: PUBLIC_KEY,
  };
}

/** Whether the parent's DS set names Cloudflare's key, by any kind of digest. */
export function namesOurKey(ds: readonly string[], zoneName: string): boolean {
  return ds.length > 0 && ([1, 2, 4] as const).some((type) => ds.includes(ourDs(zoneName, type)));
}

export function ourDs(zoneName: string, digestType: 1 | 2 | 4 = 2): string {
  return dsOf(parseName(zoneName), RDATA, digestType);
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
