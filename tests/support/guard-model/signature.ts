import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { keyTagOf } from "../../../simulator/dns/ds";
import { encodeRecord, type ResourceRecord } from "../../../simulator/dns/message";
import { keyOf, type Name, readName } from "../../../simulator/dns/name";
import { canonicalRdata } from "../../../simulator/dns/rdata";
import { Reader } from "../../../simulator/dns/wire";

/** Records of one name and type with the signatures over them, as they came in a response. */
export interface SignedSet {
  readonly type: number;
  readonly records: readonly ResourceRecord[];
  readonly signatures: readonly ResourceRecord[];
}

/** The fields of an RRSIG before the signer's name (RFC 4034 3.1). */
const FIXED = 18;

/**
 * Which of the keys, each the rdata of a DNSKEY record, sign the set now (RFC 4035 5.3). Written for the judge alone, so
 * that no mistake of the package's own validation is repeated in it.
 */
export function signersOf(set: SignedSet, keys: readonly Buffer[], seconds: number): readonly Buffer[] {
  const inForce = set.signatures.map(({ rdata }) => rdata).filter((rrsig) => isInForce(rrsig, seconds));
  return keys.filter((key) =>
    inForce.some((rrsig) => rrsig.readUInt16BE(16) === keyTagOf(key) && isSignedBy(set, rrsig, key)),
  );
}

/** No resolver keeps a set for longer than its signatures are in force (RFC 4035 5.3.3). */
export function isKept({ signatures }: SignedSet, seconds: number): boolean {
  return signatures.every(({ rdata }) => isInForce(rdata, seconds));
}

function isInForce(rrsig: Buffer, seconds: number): boolean {
  const [expiration, inception] = [rrsig.readUInt32BE(8), rrsig.readUInt32BE(12)];
  return inception <= seconds && seconds <= expiration;
}

function isSignedBy({ records }: SignedSet, rrsig: Buffer, key: Buffer): boolean {
  const algorithm = key.readUInt8(3);
  if (rrsig.readUInt8(2) !== algorithm) return false;
  const reader = new Reader(rrsig, FIXED);
  const signer = readName(reader);
  const covered = Buffer.concat([
    rrsig.subarray(0, FIXED),
    canonical(signer),
    ...canonicalSet(records, rrsig.readUInt32BE(4)),
  ]);
  const signature = rrsig.subarray(reader.offset);
  return verifies(covered, signature, key);
}

/** What verifies does so for good, and is looked at again and again: as many outcomes are kept as a sequence needs. */
const outcomes = new Map<string, boolean>();
const MOST_OUTCOMES = 2_000;

function verifies(covered: Buffer, signature: Buffer, key: Buffer): boolean {
  const id = Buffer.concat([key, signature, covered]).toString("latin1");
  const algorithm = key.readUInt8(3);
  const outcome =
    outcomes.get(id) ?? verify(algorithm === 13 ? "sha256" : null, covered, publicKey(key), signature);
  if (outcomes.size >= MOST_OUTCOMES) outcomes.clear();
  outcomes.set(id, outcome);
  return outcome;
}

function canonicalSet(records: readonly ResourceRecord[], ttl: number): readonly Buffer[] {
  return records
    .map((record) => ({ ...record, rdata: canonicalRdata(record.type, record.rdata) }))
    .sort((one, other) => one.rdata.compare(other.rdata))
    .map((record) => encodeRecord({ ...record, name: canonical(record.name), ttl }));
}

function canonical(name: Name): Name {
  return Buffer.from(keyOf(name), "latin1");
}

const known = new Map<string, KeyObject>();

function publicKey(dnskey: Buffer) {
  const id = dnskey.toString("latin1");
  const key = known.get(id) ?? readKey(dnskey);
  known.set(id, key);
  return { key, dsaEncoding: "ieee-p1363" as const };
}

function readKey(dnskey: Buffer): KeyObject {
  const point = dnskey.subarray(4);
  const text = (bytes: Buffer) => bytes.toString("base64url");
  const jwk =
    dnskey.readUInt8(3) === 13
      ? { kty: "EC", crv: "P-256", x: text(point.subarray(0, 32)), y: text(point.subarray(32)) }
      : { kty: "OKP", crv: "Ed25519", x: text(point) };
  return createPublicKey({ key: jwk, format: "jwk" });
}
