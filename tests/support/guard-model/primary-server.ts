import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { frame, Unframer } from "../../../simulator/dns/framing";
import { createResponder, type NameServer } from "../../../simulator/dns/respond";

export interface PrimaryServer {
  readonly port: number;
  /** Whether it talks to those who connect, or hangs up. */
  isReachable: boolean;
  /** Nobody is being answered any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** An authoritative server over TCP, which is all that secondaries and this package ask a primary by. */
export async function startPrimaryServer(serving: NameServer): Promise<PrimaryServer> {
  const respond = createResponder(serving);
  const sockets = new Set<Socket>();
  const listening = createServer((socket) => {
    if (!server.isReachable) {
      socket.destroy();
      return;
    }
    const unframer = new Unframer();
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk) => {
      for (const wire of unframer.push(chunk))
        for (const answer of respond(wire, { address: socket.remoteAddress ?? "", transport: "tcp" }))
          socket.write(frame(answer));
    });
  }).listen(0, "127.0.0.1");
  await once(listening, "listening");
  const bound = listening.address();
  const server: PrimaryServer = {
    port: bound !== null && typeof bound === "object" ? bound.port : 0,
    isReachable: true,
    idle: async () => {
      do await turn();
      while (sockets.size > 0);
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      listening.close();
      await once(listening, "close");
    },
  };
  return server;
}
