import { createHmac, timingSafeEqual } from "node:crypto";
import { CLASS, TYPE } from "./codes";
import { encodeRecord, type ReceivedMessage, type ResourceRecord } from "./message";
import { isSameName, keyOf, type Name, parseName, readName } from "./name";
import { MessageFormatError, Reader, uint16, uint32, uint48 } from "./wire";

export interface TsigKey {
  readonly name: Name;
  readonly algorithm: Name;
  readonly secret: Buffer;
}

/** The fields of a TSIG record (RFC 8945 4.2). */
export interface TsigFields {
  readonly algorithm: Name;
  /** Seconds since 1970. */
  readonly time: number;
  readonly fudge: number;
  readonly mac: Buffer;
  readonly originalId: number;
  readonly error: number;
  readonly other: Buffer;
}

/** What a MAC covers besides the message itself and the record's own fields (RFC 8945 4.3, 5.3.1). */
export interface MacContext {
  /** The MAC of the request, or of the message before in a stream. */
  readonly prior?: Buffer;
  /** Messages without TSIG since then. */
  readonly unsigned?: readonly Buffer[];
  /** All but the first message of a stream cover only the times. */
  readonly timersOnly?: boolean;
}

export const FUDGE_SECONDS = 300;

const NOTHING = Buffer.alloc(0);

/** Node's name of each HMAC that has a key name (RFC 8945 section 6), without the truncated ones. */
const HASHES = new Map(
  Object.entries({
    "hmac-md5.sig-alg.reg.int.": "md5",
    "hmac-sha1.": "sha1",
    "hmac-sha224.": "sha224",
    "hmac-sha256.": "sha256",
    "hmac-sha384.": "sha384",
    "hmac-sha512.": "sha512",
  }).map(([name, hash]) => [keyOf(parseName(name)), hash]),
);

export function isKnownAlgorithm(algorithm: Name): boolean {
  return HASHES.has(keyOf(algorithm));
}

export function parseTsig({ rdata }: ResourceRecord): TsigFields {
  const reader = new Reader(rdata);
  return {
    algorithm: readName(reader),
    time: reader.uint48(),
    fudge: reader.uint16(),
    mac: reader.take(reader.uint16()),
    originalId: reader.uint16(),
    error: reader.uint16(),
    other: reader.take(reader.uint16()),
  };
}

/** Puts a TSIG record behind a message. */
export function sign(
  message: Buffer,
  key: TsigKey,
  time: number,
  context: MacContext = {},
): { readonly wire: Buffer; readonly mac: Buffer } {
  const fields = { time, fudge: FUDGE_SECONDS, error: 0, other: NOTHING };
  const mac = macOf(message, key, fields, context);
  return { wire: withTsig(message, key.name, { ...fields, algorithm: key.algorithm, mac }), mac };
}

/** A TSIG record that only tells an error: nobody can sign what the other side could not (RFC 8945 5.3.2). */
export function withTsigError(message: Buffer, keyName: Name, request: TsigFields, error: number): Buffer {
  return withTsig(message, keyName, { ...request, error, mac: NOTHING, other: NOTHING });
}

/** Whether the message's MAC is the one that this key makes. */
export function verify({ wire, tsig }: ReceivedMessage, key: TsigKey, context: MacContext = {}): boolean {
  if (!tsig) return false;
  const fields = parseTsig(tsig.record);
  if (!isSameName(tsig.record.name, key.name) || !isSameName(fields.algorithm, key.algorithm)) return false;
  const expected = macOf(withoutTsig(wire, tsig.start, fields.originalId), key, fields, context);
  return expected.length === fields.mac.length && timingSafeEqual(expected, fields.mac);
}

/** Whether it was signed within the fudge of now (RFC 8945 5.2.3). */
export function isTimely({ time, fudge }: TsigFields, now: number): boolean {
  return Math.abs(now - time) <= fudge;
}

function macOf(
  message: Buffer,
  key: TsigKey,
  { time, fudge, error, other }: Omit<TsigFields, "algorithm" | "mac" | "originalId">,
  { prior, unsigned = [], timersOnly = false }: MacContext,
): Buffer {
  const hash = HASHES.get(keyOf(key.algorithm));
  if (hash === undefined) throw new MessageFormatError("an unknown TSIG algorithm");
  const hmac = createHmac(hash, key.secret);
  if (prior) hmac.update(uint16(prior.length)).update(prior);
  for (const before of unsigned) hmac.update(before);
  hmac.update(message);
  const times = [uint48(time), uint16(fudge)];
  const canonical = (name: Name) => Buffer.from(keyOf(name), "latin1");
  const variables = timersOnly
    ? times
    : [
        canonical(key.name),
        uint16(CLASS.ANY),
        uint32(0),
        canonical(key.algorithm),
        ...times,
        uint16(error),
        uint16(other.length),
        other,
      ];
  return hmac.update(Buffer.concat(variables)).digest();
}

function withTsig(message: Buffer, name: Name, fields: Omit<TsigFields, "originalId">): Buffer {
  const { algorithm, time, fudge, mac, error, other } = fields;
  const id = message.subarray(0, 2);
  const rdata = Buffer.concat([
    algorithm,
    uint48(time),
    uint16(fudge),
    uint16(mac.length),
    mac,
    id,
    uint16(error),
    uint16(other.length),
    other,
  ]);
  const record = encodeRecord({ name, type: TYPE.TSIG, class: CLASS.ANY, ttl: 0, rdata });
  const wire = Buffer.concat([message, record]);
  wire.writeUInt16BE(message.readUInt16BE(10) + 1, 10);
  return wire;
}

/** The message as it was before TSIG was put behind it. */
function withoutTsig(wire: Buffer, start: number, originalId: number): Buffer {
  const message = Buffer.from(wire.subarray(0, start));
  message.writeUInt16BE(originalId, 0);
  message.writeUInt16BE(message.readUInt16BE(10) - 1, 10);
  return message;
}
