import { createHash } from "node:crypto";
import { keyOf, type Name } from "./name";
import { uint16 } from "./wire";

/** Node's name of each digest type of a DS record that is in use (RFC 4034, 4509, 6605). */
const HASHES = new Map([
  [1, "sha1"],
  [2, "sha256"],
  [4, "sha384"],
]);

/** RFC 4034 appendix B. */
export function keyTagOf(dnskey: Buffer): number {
  const sum = dnskey.reduce((total, octet, index) => total + (index % 2 === 0 ? octet << 8 : octet), 0);
  return (sum + (sum >>> 16)) & 0xffff;
}

/** The DS of a key as presentation rdata (RFC 4034 5.3 and 5.4); `dnskey` is the rdata of its record. */
export function dsOf(zone: Name, dnskey: Buffer, digestType: 1 | 2 | 4 = 2): string {
  const hash = createHash(HASHES.get(digestType) ?? "sha256");
  const digest = hash.update(keyOf(zone), "latin1").update(dnskey).digest("hex").toUpperCase();
  return `${keyTagOf(dnskey)} ${dnskey.readUInt8(3)} ${digestType} ${digest}`;
}

const FORM = /^(\d{1,5}) (\d{1,3}) (\d{1,3}) ((?:[0-9A-F]{2})+)$/;

/** The wire form of presentation rdata in its normal form: single spaces, upper-case hex; undefined for none. */
export function parseDs(text: string): Buffer | undefined {
  const [, tag, algorithm, type, hex = ""] = FORM.exec(text) ?? [];
  const [keyTag, keyAlgorithm, digestType] = [Number(tag), Number(algorithm), Number(type)];
  if (!(keyTag <= 0xffff && keyAlgorithm <= 0xff && digestType <= 0xff)) return undefined;
  const digest = Buffer.from(hex, "hex");
  const hash = HASHES.get(digestType);
  if (hash && digest.length !== createHash(hash).digest().length) return undefined;
  return Buffer.concat([uint16(keyTag), Buffer.from([keyAlgorithm, digestType]), digest]);
}
