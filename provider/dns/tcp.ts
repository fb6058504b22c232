import { once } from "node:events";
import { Socket } from "node:net";
import type { Asked, QueryOptions } from "./asked";
import { failed, type Result, success } from "./failure";
import type { Primary } from "./primary";
import { ENDED, unreachable } from "./socket-error";
import { uint16 } from "./tsig-record";

type Outcome =
  | { readonly kind: "message"; readonly wire: Buffer }
  | { readonly kind: "late"; readonly connected: boolean }
  /** Whether the connection was made first. */
  | { readonly kind: "broken"; readonly connected: boolean; readonly error: unknown };

/**
 * Sends one message over TCP and gives the first that comes back (RFC 1035 section 4.2.2). A connection that
 * ends before that is made once more (RFC 7766 section 6.2.4): NSD cuts what it has when it reloads.
 */
export async function exchangeOverTcp(
  asked: Asked,
  request: Buffer,
  { timeoutMs = 5000 }: QueryOptions,
): Promise<Result<Buffer>> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), timeoutMs);
  const attempt = () => exchangeOnce(asked.primary, request, patience.signal);
  try {
    const first = await attempt();
    const outcome = first.kind === "broken" && first.connected ? await attempt() : first;
    switch (outcome.kind) {
      case "message":
        return success(outcome.wire);
      case "late":
        return failed(asked, { kind: "silent", connected: outcome.connected, afterMs: timeoutMs });
      case "broken":
        return failed(asked, unreachable(outcome.error));
    }
  } finally {
    clearTimeout(timer);
  }
}

async function exchangeOnce(
  { address, port }: Primary,
  request: Buffer,
  patience: AbortSignal,
): Promise<Outcome> {
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
    return { kind: "message", wire: await firstMessage(socket) };
  } catch (error) {
    return patience.aborted ? { kind: "late", connected } : { kind: "broken", connected, error };
  } finally {
    patience.removeEventListener("abort", hangUp);
    socket.destroy();
  }
}

async function firstMessage(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let received = 0;
  let end = 2;
  for await (const chunk of socket) {
    chunks.push(chunk);
    received += chunk.length;
    if (received < end) continue;
    // The length comes first, and no message is longer than its two octets can say.
    const bytes = Buffer.concat(chunks);
    end = 2 + bytes.readUInt16BE(0);
    if (received >= end) return bytes.subarray(2, end);
  }
  throw new Error(ENDED);
}
