import { frame } from "../../../simulator/dns/framing";
import { encode, FLAG, type ReceivedMessage, type ResourceRecord } from "../../../simulator/dns/message";
import type { Answer } from "./server";

/** The most that the length before a message can say (RFC 1035 section 4.2.2). */
const LONGEST = 65_535;

/** One message, as far as TCP and UDP can carry it: to a question with a long name it may be longer. */
export function says(make: (request: ReceivedMessage) => Buffer): Answer {
  return {
    tcp: (request, socket) => void socket.end(frame(make(request).subarray(0, LONGEST))),
    udp: (request, send) => send(make(request).subarray(0, 60_000)),
  };
}

/** A well-made response with these records. */
export function answers(
  make: (request: ReceivedMessage) => readonly ResourceRecord[],
  flags: number = FLAG.authoritative,
): Answer {
  return says((request) => {
    const { id, questions } = request;
    return encode({
      id,
      flags: FLAG.response | flags,
      questions,
      answers: make(request),
      authority: [],
      additional: [],
    });
  });
}

/** Bytes behind a header that counts as many records as it says. */
export function counts(
  answerCount: number,
  tail: (request: ReceivedMessage) => Buffer,
  question = 1,
): Answer {
  return says((request) => {
    const header = Buffer.alloc(12);
    header.writeUInt16BE(request.id, 0);
    header.writeUInt16BE(FLAG.response | FLAG.authoritative, 2);
    header.writeUInt16BE(question, 4);
    header.writeUInt16BE(answerCount, 6);
    const [asked] = request.questions;
    const fixed = Buffer.alloc(4);
    fixed.writeUInt16BE(asked?.type ?? 0, 0);
    fixed.writeUInt16BE(asked?.class ?? 0, 2);
    return Buffer.concat([header, asked?.name ?? Buffer.alloc(1), fixed, tail(request)]);
  });
}

/** Over TCP alone; a datagram says no more than that it does not fit. */
export function overTcp(tcp: Answer["tcp"]): Answer {
  return {
    tcp,
    udp: ({ id, questions }, send) =>
      send(
        encode({
          id,
          flags: FLAG.response | FLAG.truncated,
          questions,
          answers: [],
          authority: [],
          additional: [],
        }),
      ),
  };
}

/** Over UDP alone; TCP closes. */
export function overUdp(udp: Answer["udp"]): Answer {
  return { udp, tcp: (_request, socket) => void socket.end() };
}
