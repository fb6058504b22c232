import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { keyTagOf } from "../../../simulator/dns/ds";
import { KEY_FLAGS, type SigningKey, signingKey } from "../../../simulator/dns/signing-key";
import { uint16 } from "../../../simulator/dns/wire";

/** ECDSAP256SHA256 (RFC 6605) and ED25519 (RFC 8080). */
export type Algorithm = 13 | 15;

const PROTOCOL = 3;
/** What stands before the seed of an Ed25519 key in PKCS #8 (RFC 8410 section 7). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** The same for the same seed, so that a run can be run again. */
export function keyOf(algorithm: Algorithm, role: keyof typeof KEY_FLAGS, seed: string): SigningKey {
  return algorithm === 13 ? signingKey(seed, role) : ed25519(role, seed);
}

function ed25519(role: keyof typeof KEY_FLAGS, seed: string): SigningKey {
  const der = Buffer.concat([PKCS8, createHash("sha256").update(seed).digest()]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  const flags = KEY_FLAGS[role];
  const dnskey = Buffer.concat([uint16(flags), Buffer.from([PROTOCOL, 15]), Buffer.from(x, "base64url")]);
  return { flags, tag: keyTagOf(dnskey), dnskey, sign: (data) => sign(null, data, key) };
}
