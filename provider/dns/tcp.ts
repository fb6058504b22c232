import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import type { Asked, AskOptions } from "./asking";
import { PrimaryError } from "./primary-error";
import { uint16 } from "./tsig-record";

const ENDED = "it ended the connection without an answer";

/** The system's codes in words. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: ENDED,
  EPIPE: ENDED,
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "there is no route to it",
  ENOTFOUND: "its name has no address",
};

/** Sends one message over TCP and answers the first that comes back (RFC 1035 section 4.2.2). */
export async function exchange(asked: Asked, request: Buffer, options: AskOptions): Promise<Buffer> {
  const { timeoutMs = 5000 } = options;
  const { address, port } = asked.primary;
  const socket = createConnection({ host: address, port });
  const hangUp = () => void socket.destroy(new Error("hung up"));
  let [isConnected, isLate] = [false, false];
  const timer = setTimeout(() => {
    isLate = true;
    hangUp();
  }, timeoutMs);
  try {
    await once(socket, "connect");
    isConnected = true;
    socket.write(Buffer.concat([uint16(request.length), request]));
    return await firstMessage(socket);
  } catch (error) {
    throw new PrimaryError(
      asked,
      isLate
        ? { kind: "silent", connected: isConnected, afterMs: timeoutMs }
        : { kind: "unreachable", reason: reasonOf(error) },
    );
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

async function firstMessage(socket: Socket): Promise<Buffer> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket) {
    received = Buffer.concat([received, chunk]);
    if (received.length < 2) continue;
    const end = 2 + received.readUInt16BE(0);
    if (received.length >= end) return received.subarray(2, end);
  }
  throw new Error(ENDED);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!("code" in error)) return error.message;
  const code = String(error.code);
  return `${REASONS[code] ?? "the connection failed"} (${code})`;
}
