import { createHash } from "node:crypto";

/**
 * The key-signing key that Cloudflare publishes for every zone; its tag is always 2371.
 * https://developers.cloudflare.com/dns/dnssec/dnssec-active-migration/
 */
const PUBLIC_KEY = "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";
const FLAGS = 257;
const PROTOCOL = 3;
const ALGORITHM = 13;
const KEY_TAG = 2371;

/** The key fields of a zone that is signed, with the true DS of that key for the zone's name. */
export function zoneKey(zoneName: string) {
  const rdata = Buffer.concat([
    Buffer.from([FLAGS >> 8, FLAGS & 0xff, PROTOCOL, ALGORITHM]),
    Buffer.from(PUBLIC_KEY, "base64"),
  ]);
  const digest = createHash("sha256")
    .update(Buffer.concat([ownerName(zoneName), rdata]))
    .digest("hex")
    .toUpperCase();
  return {
    algorithm: String(ALGORITHM),
    digest,
    digest_algorithm: "SHA256",
    digest_type: "2",
    ds: `${zoneName}. 3600 IN DS ${KEY_TAG} ${ALGORITHM} 2 ${digest}`,
    flags: FLAGS,
    key_tag: KEY_TAG,
    key_type: "ECDSAP256SHA256",
    public_key: PUBLIC_KEY,
  };
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

/** Canonical wire form: lower case, each label behind its length, the root at the end (RFC 4034 6.2). */
function ownerName(zoneName: string): Buffer {
  const labels = zoneName
    .toLowerCase()
    .split(".")
    .filter(Boolean)
    .map((label) => Buffer.from(label));
  return Buffer.concat([
    ...labels.flatMap((label) => [Buffer.from([label.length]), label]),
    Buffer.from([0]),
  ]);
}
