import { CLASS, TYPE } from "./codes";
import { type Name, readName } from "./name";
import { readRdata } from "./rdata";
import { MessageFormatError, Reader, uint16 } from "./wire";

export const FLAG = {
  response: 0x8000,
  authoritative: 0x0400,
  truncated: 0x0200,
  /** RD: the asker wants a resolver's answer. */
  recurse: 0x0100,
  /** RA: the answer is a resolver's. */
  recursed: 0x0080,
} as const;

export interface Question {
  readonly name: Name;
  readonly type: number;
  readonly class: number;
}

export interface ResourceRecord {
  readonly name: Name;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  /** In wire form with every name in it uncompressed. */
  readonly rdata: Buffer;
}

export interface Message {
  readonly id: number;
  /** The second 16 bits: opcode and rcode too. */
  readonly flags: number;
  readonly questions: readonly Question[];
  readonly answers: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
}

export interface ReceivedMessage extends Message {
  readonly wire: Buffer;
  /** The TSIG record, which `additional` leaves out, and where it begins. */
  readonly tsig?: { readonly record: ResourceRecord; readonly start: number };
}

export function opcodeOf({ flags }: Pick<Message, "flags">): number {
  return (flags >> 11) & 0xf;
}

export function rcodeOf({ flags }: Pick<Message, "flags">): number {
  return flags & 0xf;
}

export function decode(wire: Buffer): ReceivedMessage {
  const reader = new Reader(wire);
  const [id, flags] = [reader.uint16(), reader.uint16()];
  const counts = [reader.uint16(), reader.uint16(), reader.uint16(), reader.uint16()] as const;

  const questions = Array.from({ length: counts[0] }, () => readQuestion(reader));
  const answers = readRecords(reader, counts[1]);
  const authority = readRecords(reader, counts[2]);
  const additional: ResourceRecord[] = [];
  let tsig: ReceivedMessage["tsig"];
  for (let index = 0; index < counts[3]; index += 1) {
    const start = reader.offset;
    const record = readRecord(reader);
    // TSIG stands last and once (RFC 8945 5.1).
    if (tsig) throw new MessageFormatError("a record follows TSIG");
    if (isTsig(record)) tsig = { record, start };
    else additional.push(record);
  }
  if (answers.some(isTsig) || authority.some(isTsig)) throw new MessageFormatError("TSIG stands too early");
  return { id, flags, questions, answers, authority, additional, wire, ...(tsig ? { tsig } : {}) };
}

function readQuestion(reader: Reader): Question {
  return { name: readName(reader), type: reader.uint16(), class: reader.uint16() };
}

function isTsig({ type }: ResourceRecord): boolean {
  return type === TYPE.TSIG;
}

function readRecords(reader: Reader, count: number): readonly ResourceRecord[] {
  const records: ResourceRecord[] = [];
  for (let owner: Name | undefined; records.length < count; ) {
    const record = readRecord(reader, owner);
    owner = record.name;
    records.push(record);
  }
  return records;
}

function readRecord(reader: Reader, owner?: Name): ResourceRecord {
  const name = readName(reader, owner);
  const type = reader.uint16();
  const recordClass = reader.uint16();
  const ttl = reader.uint32();
  return { name, type, class: recordClass, ttl, rdata: readRdata(reader, type, reader.uint16()) };
}

/** Without name compression: it is never required (RFC 1035 4.1.4). */
export function encode({ id, flags, questions, answers, authority, additional }: Message): Buffer {
  return Buffer.concat([
    ...[id, flags, questions.length, answers.length, authority.length, additional.length].map(uint16),
    ...questions.flatMap(({ name, type, class: asked }) => [name, uint16(type), uint16(asked)]),
    ...[...answers, ...authority, ...additional].flatMap(partsOf),
  ]);
}

export function encodeRecord(record: ResourceRecord): Buffer {
  return Buffer.concat(partsOf(record));
}

function partsOf({ name, type, class: of, ttl, rdata }: ResourceRecord): readonly Buffer[] {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(of, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(rdata.length, 8);
  return [name, fixed, rdata];
}

export function query(id: number, name: Name, type: number): Message {
  return {
    id,
    flags: 0,
    questions: [{ name, type, class: CLASS.IN }],
    answers: [],
    authority: [],
    additional: [],
  };
}
