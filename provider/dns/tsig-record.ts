import { readName } from "./name";

export const TSIG = 250;
/** Class ANY and TTL 0, in the record as in the digest (RFC 8945 section 4.2). */
const CLASS_AND_TTL = Buffer.from([0, 255, 0, 0, 0, 0]);

/** The data of a TSIG record (RFC 8945 section 4.2). */
export interface TsigData {
  readonly algorithm: Buffer;
  /** Seconds since 1970. */
  readonly time: number;
  readonly fudge: number;
  readonly mac: Buffer;
  readonly originalId: number;
  readonly error: number;
  readonly other: Buffer;
}

/** Throws a RangeError for what is none. */
export function parseTsig(data: Buffer): TsigData {
  const { name: algorithm, end } = readName(data, 0);
  const macEnd = end + 10 + data.readUInt16BE(end + 8);
  const otherEnd = macEnd + 6 + data.readUInt16BE(macEnd + 4);
  if (otherEnd !== data.length) throw new RangeError("the TSIG is not as long as it says");
  return {
    algorithm,
    time: data.readUIntBE(end, 6),
    fudge: data.readUInt16BE(end + 6),
    mac: data.subarray(end + 10, macEnd),
    originalId: data.readUInt16BE(macEnd),
    error: data.readUInt16BE(macEnd + 2),
    other: data.subarray(macEnd + 6, otherEnd),
  };
}

/** The whole record, to stand last in a message. */
export function encodeTsig(keyName: Buffer, tsig: TsigData): Buffer {
  const data = Buffer.concat([
    tsig.algorithm,
    timersOf(tsig),
    uint16(tsig.mac.length),
    tsig.mac,
    uint16(tsig.originalId),
    uint16(tsig.error),
    uint16(tsig.other.length),
    tsig.other,
  ]);
  return Buffer.concat([keyName, uint16(TSIG), CLASS_AND_TTL, uint16(data.length), data]);
}

/** The part of the record that the MAC covers (RFC 8945 section 4.3.3). */
export function variablesOf(keyName: Buffer, tsig: Omit<TsigData, "mac" | "originalId">): Buffer {
  return Buffer.concat([
    keyName,
    CLASS_AND_TTL,
    tsig.algorithm,
    timersOf(tsig),
    uint16(tsig.error),
    uint16(tsig.other.length),
    tsig.other,
  ]);
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function timersOf({ time, fudge }: Pick<TsigData, "time" | "fudge">): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUIntBE(time, 0, 6);
  bytes.writeUInt16BE(fudge, 6);
  return bytes;
}
