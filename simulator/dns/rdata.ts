import { keyOf, type Name, readName } from "./name";
import { MessageFormatError, Reader } from "./wire";

/** A part of rdata: so many octets, a character string behind its length, or a name. */
type Field = number | "string" | "name";

/**
 * The types whose names may come compressed (RFC 3597 section 4), which are those whose names count
 * without case in signatures (RFC 4034 6.2). What follows the fields, like the numbers of SOA, has no names.
 */
const LAYOUTS = new Map<number, readonly Field[]>([
  [2, ["name"]], // NS
  [3, ["name"]], // MD
  [4, ["name"]], // MF
  [5, ["name"]], // CNAME
  [6, ["name", "name"]], // SOA
  [7, ["name"]], // MB
  [8, ["name"]], // MG
  [9, ["name"]], // MR
  [12, ["name"]], // PTR
  [14, ["name", "name"]], // MINFO
  [15, [2, "name"]], // MX
  [17, ["name", "name"]], // RP
  [18, [2, "name"]], // AFSDB
  [21, [2, "name"]], // RT
  [26, [2, "name", "name"]], // PX
  [33, [6, "name"]], // SRV
  [35, [4, "string", "string", "string", "name"]], // NAPTR
  [36, [2, "name"]], // KX
  [39, ["name"]], // DNAME
]);

/** Reads rdata of this length, with every name in it uncompressed. */
export function readRdata(reader: Reader, type: number, length: number): Buffer {
  return readFields(reader, type, length, (name) => name);
}

/** Rdata as signatures cover it, its names in lower case. */
export function canonicalRdata(type: number, rdata: Buffer): Buffer {
  return readFields(new Reader(rdata), type, rdata.length, (name) => Buffer.from(keyOf(name), "latin1"));
}

function readFields(reader: Reader, type: number, length: number, form: (name: Name) => Name): Buffer {
  const layout = LAYOUTS.get(type);
  if (!layout || length === 0) return reader.take(length);
  const end = reader.offset + length;
  const parts = layout.map((field) => {
    if (field === "name") return form(readName(reader));
    return field === "string" ? readString(reader) : reader.take(field);
  });
  if (reader.offset > end) throw new MessageFormatError("a field runs out of its record");
  return Buffer.concat([...parts, reader.take(end - reader.offset)]);
}

/** With its length before it (RFC 1035 3.3). */
function readString(reader: Reader): Buffer {
  const length = reader.take(1);
  return Buffer.concat([length, reader.take(length.readUInt8())]);
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
