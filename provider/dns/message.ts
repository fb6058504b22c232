import { DNSSEC_OK, encode, type OptAnswer } from "dns-packet";
import { normalName, readName } from "./name";

/** What a primary is asked for. */
export interface Question {
  readonly name: string;
  readonly type: QuestionType;
  /** Wants the signatures too (RFC 3225). */
  readonly dnssecOk?: boolean;
}

export type QuestionType = "SOA" | "AXFR" | "DNSKEY" | "CDS";

/** One record's place in a message. */
export interface Span {
  readonly start: number;
  readonly type: number;
  readonly data: Buffer;
}

/** A message taken apart as far as every answer needs it. */
export interface Message {
  readonly wire: Buffer;
  readonly id: number;
  readonly isResponse: boolean;
  readonly isAuthoritative: boolean;
  readonly rcode: number;
  /** Name, type and class as they stand, with the name in lower case. */
  readonly questions: readonly Buffer[];
  readonly answers: readonly Span[];
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

/** Throws an InputError for a name that is none: dns-packet would write it all the same. */
export function encodeQuery(id: number, { name, type, dnssecOk = false }: Question): Buffer {
  return encode({
    type: "query",
    id,
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
    const { end } = readName(wire, start);
    offset = end + 10 + wire.readUInt16BE(end + 8);
    return { start, type: wire.readUInt16BE(end), data: slice(wire, end + 10, offset) };
  };

  const questions = many(4, question);
  const answers = many(6, record);
  many(8, record);
  const additional = many(10, record);
  return {
    wire,
    id: wire.readUInt16BE(0),
    isResponse: (flags & 0x8000) !== 0,
    isAuthoritative: (flags & 0x0400) !== 0,
    rcode: flags & 0xf,
    questions,
    answers,
    additional,
  };
}

function slice(wire: Buffer, start: number, end: number): Buffer {
  if (end > wire.length) throw new RangeError("the message is cut off");
  return wire.subarray(start, end);
}
