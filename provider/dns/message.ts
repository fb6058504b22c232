import { CHECKING_DISABLED, DNSSEC_OK, encode, type OptAnswer, RECURSION_DESIRED } from "dns-packet";
import { normalName, readName } from "./name";

/** What a server is asked for. */
export interface Question {
  readonly name: string;
  readonly type: QuestionType;
  /** Wants the signatures too (RFC 3225). */
  readonly dnssecOk?: boolean;
  /** Put to a resolver, which is to find the answer, and not to hold back what does not validate (RFC 4035 section 3.2.2). */
  readonly recursive?: boolean;
}

export type QuestionType = "SOA" | "AXFR" | "DNSKEY" | "CDS" | "DS" | "NS" | "A" | "AAAA" | "NSEC3PARAM";

/** One record's place in a message. */
export interface Span {
  readonly start: number;
  /** In lower case and uncompressed. */
  readonly owner: Buffer;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  /** Where the data begins in the message: names in it may point back. */
  readonly dataStart: number;
  readonly data: Buffer;
}

/** A message taken apart as far as every answer needs it. */
export interface Message {
  readonly wire: Buffer;
  readonly id: number;
  readonly isResponse: boolean;
  readonly isAuthoritative: boolean;
  /** Cut to fit a datagram: TCP has the whole. */
  readonly isTruncated: boolean;
  /** With the bits that EDNS adds. */
  readonly rcode: number;
  /** Name, type and class as they stand, with the name in lower case. */
  readonly questions: readonly Buffer[];
  readonly answers: readonly Span[];
  readonly authority: readonly Span[];
  readonly additional: readonly Span[];
}

const OPT: OptAnswer = {
  type: "OPT",
  name: ".",
  udpPayloadSize: 1232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: DNSSEC_OK,
  flag_do: true,
  options: [],
};

const OPT_TYPE = 41;

/** Throws an InputError for a name that is none: dns-packet would write it all the same. */
export function encodeQuery(id: number, question: Question): Buffer {
  const { name, type, dnssecOk = false, recursive = false } = question;
  return encode({
    type: "query",
    id,
    flags: recursive ? RECURSION_DESIRED | CHECKING_DISABLED : 0,
    questions: [{ name: normalName(name), type }],
    additionals: dnssecOk ? [OPT] : [],
  });
}

/** Throws a RangeError for what is not a DNS message (RFC 1035 section 4.1). */
export function parseMessage(wire: Buffer): Message {
  const flags = wire.readUInt16BE(2);
  let offset = 12;
  const many = <Item>(countAt: number, read: () => Item): Item[] =>
    Array.from({ length: wire.readUInt16BE(countAt) }, read);

  const question = () => {
    const { name, end } = readName(wire, offset);
    offset = end + 4;
    return Buffer.concat([name, slice(wire, end, offset)]);
  };
  const record = (): Span => {
    const start = offset;
    const { name: owner, end } = readName(wire, start);
    const dataStart = end + 10;
    offset = dataStart + wire.readUInt16BE(end + 8);
    return {
      start,
      owner,
      type: wire.readUInt16BE(end),
      class: wire.readUInt16BE(end + 2),
      ttl: wire.readUInt32BE(end + 4),
      dataStart,
      data: slice(wire, dataStart, offset),
    };
  };

  const questions = many(4, question);
  const answers = many(6, record);
  const authority = many(8, record);
  const additional = many(10, record);
  return {
    wire,
    id: wire.readUInt16BE(0),
    isResponse: (flags & 0x8000) !== 0,
    isAuthoritative: (flags & 0x0400) !== 0,
    isTruncated: (flags & 0x0200) !== 0,
    rcode: (flags & 0xf) | extendedRcode(additional),
    questions,
    answers,
    authority,
    additional,
  };
}

/** BADVERS would else pass for NOERROR (RFC 6891 section 6.1.3). */
function extendedRcode(additional: readonly Span[]): number {
  const opt = additional.find(({ type }) => type === OPT_TYPE);
  return opt === undefined ? 0 : (opt.ttl >>> 24) << 4;
}

function slice(wire: Buffer, start: number, end: number): Buffer {
  if (end > wire.length) throw new RangeError("the message is cut off");
  return wire.subarray(start, end);
}
