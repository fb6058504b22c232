import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { Asked, QueryOptions } from "./asked";
import { failed, type Result, success } from "./failure";
import { unreachable } from "./socket-error";

/**
 * Sends one message over UDP and gives the first datagram that comes back from there with the same id.
 * A connected socket takes none from elsewhere, and its random port is hard to guess (RFC 5452).
 */
export function exchangeOverUdp(
  asked: Asked,
  request: Buffer,
  { timeoutMs = 5000 }: QueryOptions,
): Promise<Result<Buffer>> {
  const { address, port } = asked.primary;
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    const end = (result: Result<Buffer>) => {
      clearTimeout(timer);
      socket.removeAllListeners().on("error", () => {});
      socket.close();
      resolve(result);
    };
    const fail = (error: unknown) => end(failed(asked, unreachable(error)));
    const timer = setTimeout(
      () => end(failed(asked, { kind: "silent", connected: false, afterMs: timeoutMs })),
      timeoutMs,
    );
    socket.once("error", fail);
    socket.on("message", (message) => {
      // One with another id is late or forged; the right one may still come.
      if (message.subarray(0, 2).equals(request.subarray(0, 2))) end(success(message));
    });
    // Without a callback, which would be called where there is no route too, and instead of the event.
    socket.once("connect", () => socket.send(request));
    try {
      socket.connect(port, address);
    } catch (error) {
      // A port that is none.
      fail(error);
    }
  });
}
