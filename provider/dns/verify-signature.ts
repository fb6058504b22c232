import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { VERIFICATIONS } from "../core/bounds";
import { type Dnskey, keyTagOf } from "./ds";
import type { Message, Span } from "./message";
import { readName } from "./name";
import { type ResourceRecord, type Signature, soaNumbersAt } from "./resource-record";
import { isAtLeast } from "./serial-order";

const [NS, SOA, NSEC, NSEC3] = [2, 6, 47, 50];
/** The fixed part of an RRSIG, before the signer's name (RFC 4034 section 3.1). */
const FIXED = 18;

/** What signs a set of records now: the keys, and until when (seconds since 1970). */
export interface SignedBy {
  readonly keys: readonly Dnskey[];
  readonly expiration: number | undefined;
}

/**
 * Which of a zone's keys sign a set of records at its apex, by signatures that verify and are in force
 * (RFC 4035 section 5.3). The clock is in milliseconds.
 */
export function signedBy(
  { wire }: Pick<Message, "wire">,
  records: readonly ResourceRecord[],
  type: "SOA" | "DNSKEY" | "NS" | "CDS",
  dnskeys: readonly Dnskey[],
  now: number,
): SignedBy {
  const set = records.filter((record) => record.type === type).map(({ span }) => span);
  const valid = validSignatures(wire, { set, covers: type, records }, dnskeys, now);
  const [first, ...others] = valid.map(({ expiration }) => expiration);
  return {
    keys: dnskeys.filter((dnskey) => valid.some((each) => each.dnskey === dnskey)),
    expiration: others.reduce(
      (soonest, each) => (soonest === undefined || isAtLeast(soonest, each) ? each : soonest),
      first,
    ),
  };
}

/** A response has three at the most (RFC 5155 section 7.2). */
const DENIALS = 8;

/** Whether there are NSEC or NSEC3 records in a section, and each is signed by one of the keys. */
export function areDenialsSigned(
  { wire }: Pick<Message, "wire">,
  records: readonly ResourceRecord[],
  dnskeys: readonly Dnskey[],
  now: number,
): boolean {
  const denials = records.filter(({ span }) => span.type === NSEC || span.type === NSEC3);
  if (denials.length === 0 || denials.length > DENIALS) return false;
  return denials.every(({ span }) => {
    const beside = records.filter((record) => record.span.owner.equals(span.owner));
    const signed = { set: [span], covers: `TYPE${span.type}`, records: beside };
    return validSignatures(wire, signed, dnskeys, now).length > 0;
  });
}

/** A set, and the records among which its signatures are. */
interface SignedSet {
  readonly set: readonly Span[];
  readonly covers: string;
  readonly records: readonly ResourceRecord[];
}

/** Each signature that is in force and verifies, with the key that made it. */
function validSignatures(
  wire: Buffer,
  { set, covers, records }: SignedSet,
  dnskeys: readonly Dnskey[],
  now: number,
): readonly { readonly dnskey: Dnskey; readonly expiration: number }[] {
  const pairs = records.flatMap((record) => {
    if (record.type !== "RRSIG" || record.signature.covers !== covers) return [];
    const { span, signature } = record;
    if (!isInForce(signature, now)) return [];
    const { expiration } = signature;
    return dnskeys
      .filter((dnskey) => isMadeBy(signature, dnskey))
      .map((dnskey) => ({ span, dnskey, expiration }));
  });
  return pairs.slice(0, VERIFICATIONS).filter(({ span, dnskey }) => verifies(wire, set, span, dnskey));
}

/** When the first signature over a set begins, in seconds since 1970, where some are to come and none is in force. */
export function signaturesBegin(
  records: readonly ResourceRecord[],
  type: "SOA" | "DNSKEY",
  now: number,
): number | undefined {
  const signatures = signaturesOver(records, type);
  if (signatures.some((signature) => isInForce(signature, now))) return undefined;
  const seconds = Math.floor(now / 1_000) >>> 0;
  return signatures
    .flatMap(({ inception }) => (isAtLeast(seconds, inception) ? [] : [inception]))
    .reduce<number | undefined>(
      (first, each) => (first === undefined || isAtLeast(first, each) ? each : first),
      undefined,
    );
}

/** When the last signature over a set ended, in seconds since 1970, where some have and none is in force. */
export function signaturesEnded(
  records: readonly ResourceRecord[],
  type: "SOA" | "DNSKEY" | "NS",
  now: number,
): number | undefined {
  const signatures = signaturesOver(records, type);
  const seconds = Math.floor(now / 1_000) >>> 0;
  const ended = signatures.flatMap(({ expiration }) => (isAtLeast(expiration, seconds) ? [] : [expiration]));
  if (ended.length < signatures.length) return undefined;
  return ended.reduce<number | undefined>(
    (last, each) => (last === undefined || isAtLeast(each, last) ? each : last),
    undefined,
  );
}

function signaturesOver(records: readonly ResourceRecord[], type: string): readonly Signature[] {
  return records.flatMap((record) =>
    record.type === "RRSIG" && record.signature.covers === type ? [record.signature] : [],
  );
}

export function isInForce({ inception, expiration }: Signature, now: number): boolean {
  const seconds = Math.floor(now / 1_000) >>> 0;
  return isAtLeast(seconds, inception) && isAtLeast(expiration, seconds);
}

function isMadeBy({ keyTag, algorithm }: Pick<Signature, "keyTag" | "algorithm">, dnskey: Dnskey): boolean {
  return keyTag === keyTagOf(dnskey) && algorithm === dnskey.algorithm;
}

/** A key or signature that cannot be read verifies nothing. */
function verifies(wire: Buffer, set: readonly Span[], { data }: Span, dnskey: Dnskey): boolean {
  try {
    const { end } = readName(data, FIXED);
    const signed = Buffer.concat([data.subarray(0, end), ...canonicalSet(wire, set, data.readUInt32BE(4))]);
    return verify(
      hashOf(dnskey.algorithm),
      signed,
      { key: keyOf(dnskey), dsaEncoding: "ieee-p1363" },
      data.subarray(end),
    );
  } catch {
    return false;
  }
}

/** In the order and form that signatures are made over (RFC 4034 sections 3.1.8.1 and 6). */
function canonicalSet(wire: Buffer, set: readonly Span[], originalTtl: number): Buffer[] {
  return set
    .map((span) => ({ span, data: canonicalData(wire, span) }))
    .sort((a, b) => Buffer.compare(a.data, b.data))
    .map(({ span, data }) => {
      const fixed = Buffer.alloc(10);
      fixed.writeUInt16BE(span.type, 0);
      fixed.writeUInt16BE(span.class, 2);
      fixed.writeUInt32BE(originalTtl, 4);
      fixed.writeUInt16BE(data.length, 8);
      return Buffer.concat([span.owner, fixed, data]);
    });
}

/** Names in it uncompressed and in lower case (RFC 4034 section 6.2). */
function canonicalData(wire: Buffer, { type, dataStart, data }: Span): Buffer {
  if (type === SOA) return canonicalSoa(wire, dataStart);
  return type === NS ? readName(wire, dataStart).name : data;
}

function canonicalSoa(wire: Buffer, start: number): Buffer {
  const primary = readName(wire, start);
  const contact = readName(wire, primary.end);
  const numbers = soaNumbersAt(wire, start);
  return Buffer.concat([primary.name, contact.name, wire.subarray(numbers, numbers + 20)]);
}

/** https://www.iana.org/assignments/dns-sec-alg-numbers/ */
function hashOf(algorithm: number): "sha1" | "sha256" | "sha384" | "sha512" | null {
  switch (algorithm) {
    case 5:
    case 7:
      return "sha1";
    case 8:
    case 13:
      return "sha256";
    case 10:
      return "sha512";
    case 14:
      return "sha384";
    default:
      return null;
  }
}

function keyOf({ algorithm, publicKey }: Dnskey): KeyObject {
  const text = (bytes: Buffer) => bytes.toString("base64url");
  const half = publicKey.length / 2;
  const [x, y] = [text(publicKey.subarray(0, half)), text(publicKey.subarray(half))];
  const jwk = (key: import("node:crypto").JsonWebKey) => createPublicKey({ key, format: "jwk" });
  switch (algorithm) {
    case 13:
      return jwk({ kty: "EC", crv: "P-256", x, y });
    case 14:
      return jwk({ kty: "EC", crv: "P-384", x, y });
    case 15:
      return jwk({ kty: "OKP", crv: "Ed25519", x: text(publicKey) });
    case 16:
      return jwk({ kty: "OKP", crv: "Ed448", x: text(publicKey) });
    case 5:
    case 7:
    case 8:
    case 10: {
      // RFC 3110 section 2.
      const short = publicKey.readUInt8(0);
      const [from, length] = short === 0 ? [3, publicKey.readUInt16BE(1)] : [1, short];
      const end = from + length;
      return jwk({ kty: "RSA", e: text(publicKey.subarray(from, end)), n: text(publicKey.subarray(end)) });
    }
    default:
      throw new RangeError(`algorithm ${algorithm} is not known here`);
  }
}
