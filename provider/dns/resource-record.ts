import type { Dnskey, DsData } from "./ds";
import type { Message, Span } from "./message";
import { readName } from "./name";

/** A record of class IN, as far as this package has use for it. */
export type ResourceRecord = {
  readonly name: string;
  /** Seconds. */
  readonly ttl: number;
  readonly span: Span;
} /** `expire` in seconds. */ & (
  | { readonly type: "SOA"; readonly serial: number; readonly expire: number }
  | { readonly type: "DNSKEY"; readonly dnskey: Dnskey }
  | { readonly type: "RRSIG"; readonly signature: Signature }
  | { readonly type: "CDS" | "DS"; readonly ds: DsData }
  | { readonly type: "NS"; readonly host: string }
  | { readonly type: "A" | "AAAA"; readonly address: string }
  | { readonly type: "NSEC3PARAM"; readonly iterations: number; readonly saltLength: number }
  | { readonly type: "other" }
);

/** What a signature covers, by which key and for how long: not whether it is right. */
export interface Signature {
  readonly covers: string;
  /** Both in seconds since 1970, and then modulo 2³² (RFC 4034 section 3.1.5). */
  readonly inception: number;
  readonly expiration: number;
  readonly algorithm: number;
  readonly keyTag: number;
}

const IN = 1;

/** The types that are read, by their numbers (IANA DNS parameters). */
const TYPES = new Map<number, Exclude<ResourceRecord["type"], "other">>([
  [1, "A"],
  [2, "NS"],
  [6, "SOA"],
  [28, "AAAA"],
  [43, "DS"],
  [46, "RRSIG"],
  [48, "DNSKEY"],
  [51, "NSEC3PARAM"],
  [59, "CDS"],
]);

/** Throws a RangeError for a record that is not as its type says. Records of other classes are left out. */
export function recordsOf(
  { wire }: Pick<Message, "wire">,
  spans: readonly Span[],
): readonly ResourceRecord[] {
  return spans.filter((span) => span.class === IN).map((span) => recordOf(wire, span));
}

function recordOf(wire: Buffer, span: Span): ResourceRecord {
  const { data, dataStart } = span;
  const common = { name: textOf(span.owner), ttl: span.ttl, span };
  const type = TYPES.get(span.type);
  switch (type) {
    case "SOA":
      return { ...common, type, ...parseSoa(wire, dataStart) };
    case "DNSKEY":
      return { ...common, type, dnskey: parseDnskey(data) };
    case "RRSIG":
      return { ...common, type, signature: parseSignature(data) };
    case "CDS":
    case "DS":
      return { ...common, type, ds: parseDs(data) };
    case "NS":
      return { ...common, type, host: textOf(readName(wire, dataStart).name) };
    case "A":
    case "AAAA":
      return { ...common, type, address: parseAddress(data, type) };
    case "NSEC3PARAM":
      return { ...common, type, iterations: data.readUInt16BE(2), saltLength: data.readUInt8(4) };
    default:
      return { ...common, type: "other" };
  }
}

/** The serial, then refresh, retry and expire. */
function parseSoa(wire: Buffer, dataStart: number) {
  const at = soaNumbersAt(wire, dataStart);
  return { serial: wire.readUInt32BE(at), expire: wire.readUInt32BE(at + 12) };
}

/** Behind the two names of an SOA stand its five numbers, the serial first (RFC 1035 section 3.3.13). */
export function soaNumbersAt(wire: Buffer, dataStart: number): number {
  return readName(wire, readName(wire, dataStart).end).end;
}

/** RFC 4034 section 2.1: the protocol is always 3. */
function parseDnskey(data: Buffer): Dnskey {
  if (data.readUInt8(2) !== 3) throw new RangeError("a DNSKEY has another protocol than 3");
  return { flags: data.readUInt16BE(0), algorithm: data.readUInt8(3), publicKey: data.subarray(4) };
}

/** RFC 4034 section 3.1. */
function parseSignature(data: Buffer): Signature {
  const covers = data.readUInt16BE(0);
  return {
    covers: TYPES.get(covers) ?? `TYPE${covers}`,
    algorithm: data.readUInt8(2),
    expiration: data.readUInt32BE(8),
    inception: data.readUInt32BE(12),
    keyTag: data.readUInt16BE(16),
  };
}

/** RFC 4034 section 5.1, which RFC 7344 takes for CDS. */
function parseDs(data: Buffer): DsData {
  return {
    keyTag: data.readUInt16BE(0),
    algorithm: data.readUInt8(2),
    digestType: data.readUInt8(3),
    digest: data.toString("hex", 4).toUpperCase(),
  };
}

function parseAddress(data: Buffer, type: "A" | "AAAA"): string {
  if (data.length !== (type === "A" ? 4 : 16)) throw new RangeError(`an ${type} record is not an address`);
  if (type === "A") return [...data].join(".");
  return Array.from({ length: 8 }, (_, at) => data.readUInt16BE(at * 2).toString(16)).join(":");
}

/** A name as text with its final dot; what is no letter, digit, hyphen or underscore as \DDD (RFC 4343 section 2.1). */
function textOf(name: Buffer): string {
  const labels: string[] = [];
  for (let at = 0; at < name.length; at += 1 + name.readUInt8(at)) {
    const label = name.subarray(at + 1, at + 1 + name.readUInt8(at));
    labels.push(
      [...label]
        .map((octet) => {
          const character = String.fromCharCode(octet);
          return /[a-z0-9_*-]/.test(character) ? character : `\\${String(octet).padStart(3, "0")}`;
        })
        .join(""),
    );
  }
  return labels.length === 1 ? "." : labels.join(".");
}
