import { createECDH, createHash, createPrivateKey, sign } from "node:crypto";
import { keyTagOf } from "./ds";
import { uint16 } from "./wire";

/** ECDSAP256SHA256, by which Cloudflare signs (RFC 6605). */
export const ALGORITHM = 13;
const PROTOCOL = 3;

/** A key-signing key has the flag of a secure entry point besides (RFC 4034 2.1.1). */
export const KEY_FLAGS = { ksk: 257, zsk: 256 } as const;

export interface SigningKey {
  readonly flags: number;
  readonly tag: number;
  /** The rdata of its DNSKEY record. */
  readonly dnskey: Buffer;
  sign(data: Buffer): Buffer;
}

/** As the key's own record says it (RFC 4034 2.1.3). */
export function algorithmOf({ dnskey }: SigningKey): number {
  return dnskey.readUInt8(3);
}

/** The key pair that is always the same for a seed: in a simulator nothing depends on its secrecy. */
export function signingKey(seed: string, role: keyof typeof KEY_FLAGS): SigningKey {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(createHash("sha256").update(seed).digest());
  const point = curve.getPublicKey().subarray(1);
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(0, 32).toString("base64url"),
    y: point.subarray(32).toString("base64url"),
    d: curve.getPrivateKey("base64url"),
  };
  const key = createPrivateKey({ format: "jwk", key: jwk });

  const flags = KEY_FLAGS[role];
  const dnskey = Buffer.concat([uint16(flags), Buffer.from([PROTOCOL, ALGORITHM]), point]);
  return {
    flags,
    tag: keyTagOf(dnskey),
    dnskey,
    sign: (data) => sign("sha256", data, { key, dsaEncoding: "ieee-p1363" }),
  };
}
