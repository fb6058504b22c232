import { once } from "node:events";
import { Socket } from "node:net";
import type { Asked, QueryOptions } from "./asked";
import { failed, type Result, success } from "./failure";
import { ENDED, reasonOf } from "./socket-error";
import { uint16 } from "./tsig-record";

/** Sends one message over TCP and gives the first that comes back (RFC 1035 section 4.2.2). */
export async function exchangeOverTcp(
  asked: Asked,
  request: Buffer,
  { timeoutMs = 5000 }: QueryOptions,
): Promise<Result<Buffer>> {
  const { address, port } = asked.primary;
  const socket = new Socket();
  const hangUp = () => void socket.destroy(new Error("hung up"));
  let [isConnected, isLate] = [false, false];
  const timer = setTimeout(() => {
    isLate = true;
    hangUp();
  }, timeoutMs);
  try {
    // Throws for a port that is none.
    socket.connect({ host: address, port });
    await once(socket, "connect");
    isConnected = true;
    socket.write(Buffer.concat([uint16(request.length), request]));
    return success(await firstMessage(socket));
  } catch (error) {
    return failed(
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
