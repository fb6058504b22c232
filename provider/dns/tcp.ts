import { once } from "node:events";
import { Socket } from "node:net";
import type { Asked, QueryOptions } from "./asked";
import { failed, type Result, success } from "./failure";
import type { Primary } from "./primary";
import { ENDED, unreachable } from "./socket-error";
import { uint16 } from "./tsig-record";

/** Takes as many messages as it wants; more are not read. */
type Reader<Value> = (messages: AsyncIterable<Buffer>) => Promise<Value>;

type Outcome<Value> =
  | { readonly kind: "read"; readonly value: Value }
  | { readonly kind: "late"; readonly connected: boolean }
  /** Whether the connection was made first. */
  | { readonly kind: "broken"; readonly connected: boolean; readonly error: unknown };

/** Sends one message over TCP and gives the first that comes back. */
export function exchangeOverTcp(
  asked: Asked,
  request: Buffer,
  options: QueryOptions,
): Promise<Result<Buffer>> {
  return readOverTcp(asked, request, options, firstOf);
}

async function firstOf(messages: AsyncIterable<Buffer>): Promise<Buffer> {
  for await (const message of messages) return message;
  throw new Error(ENDED);
}

/**
 * Sends one message over TCP and reads those that come back (RFC 1035 section 4.2.2). A connection that ends
 * too early is made once more (RFC 7766 section 6.2.4): NSD cuts what it has when it reloads.
 */
export async function readOverTcp<Value>(
  asked: Asked,
  request: Buffer,
  { timeoutMs = 5000 }: QueryOptions,
  read: Reader<Value>,
): Promise<Result<Value>> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), timeoutMs);
  const attempt = () => attemptOnce(asked.primary, request, patience.signal, read);
  try {
    const first = await attempt();
    const outcome = first.kind === "broken" && first.connected ? await attempt() : first;
    switch (outcome.kind) {
      case "read":
        return success(outcome.value);
      case "late":
        return failed(asked, { kind: "silent", connected: outcome.connected, afterMs: timeoutMs });
      case "broken":
        return failed(asked, unreachable(outcome.error));
    }
  } finally {
    clearTimeout(timer);
  }
}

async function attemptOnce<Value>(
  { address, port }: Primary,
  request: Buffer,
  patience: AbortSignal,
  read: Reader<Value>,
): Promise<Outcome<Value>> {
  const socket = new Socket();
  // By hand: the signal that a socket takes would hold on to it.
  const hangUp = () => void socket.destroy(new Error("hung up"));
  patience.addEventListener("abort", hangUp);
  let connected = false;
  try {
    // Throws for a port that is none.
    socket.connect({ host: address, port });
    await once(socket, "connect");
    connected = true;
    socket.write(Buffer.concat([uint16(request.length), request]));
    return { kind: "read", value: await read(messagesOf(socket)) };
  } catch (error) {
    return patience.aborted ? { kind: "late", connected } : { kind: "broken", connected, error };
  } finally {
    patience.removeEventListener("abort", hangUp);
    socket.destroy();
  }
}

/** The length comes first, and no message is longer than its two octets can say. */
async function* messagesOf(socket: Socket): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = [];
  let received = 0;
  let end = 2;
  for await (const chunk of socket) {
    chunks.push(chunk);
    received += chunk.length;
    while (received >= end) {
      const bytes = Buffer.concat(chunks);
      end = 2 + bytes.readUInt16BE(0);
      chunks = [bytes];
      if (received < end) break;
      yield bytes.subarray(2, end);
      chunks = [bytes.subarray(end)];
      received -= end;
      end = 2;
    }
  }
}
