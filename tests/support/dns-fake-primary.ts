import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { frame, Unframer } from "../../simulator/dns/framing";
import { decode, encode, FLAG, type ReceivedMessage, type ResourceRecord } from "../../simulator/dns/message";
import { parseName } from "../../simulator/dns/name";
import { parseTsig, sign, type TsigKey } from "../../simulator/dns/tsig";
import type { TransferKey } from "./dns-tools";

/** The messages to send for a request, faults and all; the connection ends behind them. */
export type Script = (request: ReceivedMessage) => readonly Buffer[];

export interface FakePrimary {
  readonly port: number;
  readonly requests: readonly ReceivedMessage[];
  /** What it says from now on. */
  say(script: Script | "nothing"): void;
  stop(): Promise<void>;
}

/** A primary that says what no real one would. */
export async function startFakePrimary(): Promise<FakePrimary> {
  let current: Script | "nothing" = "nothing";
  const requests: ReceivedMessage[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const unframer = new Unframer();
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      for (const wire of unframer.push(chunk)) {
        const request = decode(wire);
        requests.push(request);
        if (current !== "nothing") socket.end(Buffer.concat(current(request).map(frame)));
      }
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  return {
    port: bound !== null && typeof bound === "object" ? bound.port : 0,
    requests,
    say: (script) => {
      current = script;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** One message of an answer, without TSIG. */
export function message(
  { id, questions }: ReceivedMessage,
  answers: readonly ResourceRecord[],
  rcode = 0,
): Buffer {
  const flags = FLAG.response | FLAG.authoritative | rcode;
  return encode({ id, flags, questions, answers, authority: [], additional: [] });
}

export function tsigKey({ name, algorithm, secret }: TransferKey): TsigKey {
  return {
    name: parseName(name),
    algorithm: parseName(algorithm),
    secret: Buffer.from(secret, "base64"),
  };
}

/** Signs those of the messages that are to be signed, as one stream (RFC 8945 5.3.1). */
export function signedStream(
  request: ReceivedMessage,
  messages: readonly Buffer[],
  key: TransferKey,
  isSigned: (index: number) => boolean = () => true,
  time = Math.floor(Date.now() / 1000),
): readonly Buffer[] {
  if (!request.tsig) throw new Error("the request has no TSIG");
  let prior = parseTsig(request.tsig.record).mac;
  let unsigned: Buffer[] = [];
  return messages.map((wire, index) => {
    if (!isSigned(index)) {
      unsigned.push(wire);
      return wire;
    }
    const signed = sign(wire, tsigKey(key), time, { prior, unsigned, timersOnly: index > 0 });
    [prior, unsigned] = [signed.mac, []];
    return signed.wire;
  });
}
