import { type Name, readName } from "./name";
import { Reader, WireError } from "./wire";

/**
 * Where names stand in the types whose names may come compressed (RFC 3597 section 4): how many octets
 * before them, then how many of them. What follows, like the numbers of SOA, has no names.
 */
const LAYOUTS = new Map<number, readonly [before: number, names: number]>([
  [2, [0, 1]], // NS
  [5, [0, 1]], // CNAME
  [6, [0, 2]], // SOA
  [12, [0, 1]], // PTR
  [14, [0, 2]], // MINFO
  [15, [2, 1]], // MX
  [17, [0, 2]], // RP
  [18, [2, 1]], // AFSDB
  [21, [2, 1]], // RT
  [33, [6, 1]], // SRV
  [36, [2, 1]], // KX
  [39, [0, 1]], // DNAME
]);

export function readRdata(reader: Reader, type: number, length: number): Buffer {
  const layout = LAYOUTS.get(type);
  if (!layout || length === 0) return reader.take(length);
  const end = reader.offset + length;
  const [before, names] = layout;
  const parts = [reader.take(before)];
  for (let read = 0; read < names; read += 1) parts.push(readName(reader));
  if (reader.offset > end) throw new WireError("a name runs out of its record");
  return Buffer.concat([...parts, reader.take(end - reader.offset)]);
}

/** The name that CNAME and NS consist of. */
export function targetOf(rdata: Buffer): Name {
  return readName(new Reader(rdata));
}

export function soaOf(rdata: Buffer): { readonly serial: number; readonly minimum: number } {
  const reader = new Reader(rdata);
  readName(reader);
  readName(reader);
  const serial = reader.uint32();
  reader.take(12);
  return { serial, minimum: reader.uint32() };
}
