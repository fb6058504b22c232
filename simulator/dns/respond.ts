import { type Answer, answer, type View } from "./answer";
import { authenticate, type KnownKey } from "./authenticate";
import { axfrMessages } from "./axfr-messages";
import { CLASS, OPCODE, RCODE, TYPE } from "./codes";
import { type Edns, ednsOf, longestAnswer, optRecord } from "./edns";
import { decode, encode, FLAG, type Message, opcodeOf, type Question, type ReceivedMessage } from "./message";
import type { Name } from "./name";
import type { Unservable } from "./served-zone";
import type { Asker, Respond } from "./server";
import { sign, type TsigKey } from "./tsig";
import { MessageFormatError, uint16 } from "./wire";
import type { ZoneData } from "./zone";

/** What a DNS port asks whoever has the zones. */
export interface NameServer {
  /**
   * Answers that are not of the served zones: those of the servers of their parents, and to a question
   * with RD those of a resolver. Undefined for all other questions, "silence" for no answer at all.
   */
  outside(question: Question, isRecursive: boolean): Answer | "silence" | undefined;
  /** How the zone that a name is in is served; undefined for no zone of ours. */
  viewOf(name: Name): View | Unservable | undefined;
  /** What AXFR gives of the zone of just this name to whoever has this key; undefined refuses it. */
  wholeZone(zone: Name, key: KnownKey | undefined): ZoneData | undefined;
  keys(): readonly KnownKey[];
  /** Takes word of a change; answers the rcode. */
  notify(zone: Name, address: string, key: KnownKey | undefined): number;
  /** Seconds since 1970. */
  now(): number;
}

interface Reply extends Partial<Answer> {
  readonly rcode: number;
  /** Why the zone is refused. */
  readonly reason?: string;
}

/**
 * RFC 8914: what Cloudflare refuses a zone with that it cannot serve.
 * https://github.com/cloudflare/cloudflare-docs/pull/29278
 */
const NOT_AUTHORITATIVE = 20;

/** What the two octets before a message can say (RFC 1035 4.2.2). Names are not compressed here, so it is sooner reached than elsewhere. */
const LONGEST_OVER_TCP = 65_535;

export function createResponder(server: NameServer): Respond {
  return (wire, asker) => {
    const request = received(wire);
    if (!request) return malformed(wire);
    if (request.flags & FLAG.response) return [];
    const { key, mac, refusal } = authenticate(request, server.keys(), server.now());
    if (refusal) return [refusal];

    const [question] = request.questions;
    if (question && asker.transport === "tcp" && question.type === TYPE.AXFR) {
      const zone = server.wholeZone(question.name, key);
      if (zone) return stream(axfrMessages(request, zone), key, mac, server.now());
    }
    const edns = ednsOf(request);
    const said = replyTo(request, question, edns, asker, key, server);
    if (said === "silence") return [];
    const reply = compose(request, edns, said);
    const [whole] = stream([reply], key, mac, server.now());
    const limit = asker.transport === "udp" ? longestAnswer(edns) : LONGEST_OVER_TCP;
    if (whole && whole.length <= limit) return [whole];
    const instead =
      asker.transport === "udp" ? truncated(reply) : compose(request, edns, { rcode: RCODE.SERVFAIL });
    return stream([instead], key, mac, server.now());
  };
}

function received(wire: Buffer): ReceivedMessage | undefined {
  try {
    return decode(wire);
  } catch (error) {
    if (error instanceof MessageFormatError) return undefined;
    throw error;
  }
}

/** Answered by its header alone, if it has one and is no answer itself. */
function malformed(wire: Buffer): readonly Buffer[] {
  if (wire.length < 12 || wire.readUInt16BE(2) & FLAG.response) return [];
  return [Buffer.concat([wire.subarray(0, 2), uint16(FLAG.response | RCODE.FORMERR), Buffer.alloc(8)])];
}

function replyTo(
  request: ReceivedMessage,
  question: Question | undefined,
  edns: Edns | undefined,
  { address }: Asker,
  key: KnownKey | undefined,
  server: NameServer,
): Reply | "silence" {
  if (request.questions.length !== 1 || !question) return { rcode: RCODE.FORMERR };
  if (edns && edns.version > 0) return { rcode: RCODE.BADVERS };
  if (opcodeOf(request) === OPCODE.NOTIFY) {
    return { rcode: server.notify(question.name, address, key), isAuthoritative: true };
  }
  if (opcodeOf(request) !== OPCODE.QUERY) return { rcode: RCODE.NOTIMP };
  const isTransfer = question.type === TYPE.AXFR || question.type === TYPE.IXFR;
  if (isTransfer || question.class !== CLASS.IN) return { rcode: RCODE.REFUSED };
  const outside = server.outside(question, (request.flags & FLAG.recurse) !== 0);
  if (outside) return outside;
  const view = server.viewOf(question.name);
  if (!view) return { rcode: RCODE.REFUSED, reason: "no transferred zone has this name" };
  if ("reason" in view) return { rcode: RCODE.REFUSED, reason: view.reason };
  return answer(view, question, edns?.wantsDnssec ?? false);
}

function compose(request: Message, edns: Edns | undefined, reply: Reply): Message {
  const { rcode, reason, answers = [], authority = [], additional = [] } = reply;
  const error = reason === undefined ? undefined : { code: NOT_AUTHORITATIVE, text: reason };
  const opcode = opcodeOf(request) << 11;
  const role = (reply.isAuthoritative ? FLAG.authoritative : 0) | (reply.isRecursed ? FLAG.recursed : 0);
  return {
    id: request.id,
    flags: FLAG.response | opcode | role | (request.flags & FLAG.recurse) | (rcode & 0xf),
    questions: request.questions,
    answers,
    authority,
    additional: edns ? [...additional, optRecord(edns, rcode, error)] : additional,
  };
}

/** Only the question and OPT: whoever wants the rest asks over TCP (RFC 2181 section 9). */
function truncated(message: Message): Message {
  const additional = message.additional.filter(({ type }) => type === TYPE.OPT);
  return { ...message, flags: message.flags | FLAG.truncated, answers: [], authority: [], additional };
}

/** The messages of one answer on the wire, each signed with the key of the request, if it had one. */
function stream(
  messages: Iterable<Message>,
  key: TsigKey | undefined,
  mac: Buffer | undefined,
  now: number,
): readonly Buffer[] {
  const wires: Buffer[] = [];
  let prior = mac;
  for (const message of messages) {
    const wire = encode(message);
    const signed = key && prior && sign(wire, key, now, { prior, timersOnly: wires.length > 0 });
    wires.push(signed?.wire ?? wire);
    prior = signed?.mac;
  }
  return wires;
}
