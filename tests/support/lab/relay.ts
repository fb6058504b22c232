import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

const PORT = 53;

export interface Relay {
  /** For how long nobody has asked anything over UDP, in milliseconds. */
  idleMs(): number;
  stop(): Promise<void>;
}

/**
 * Hands what comes to port 53 of a loopback address on to a port of 127.0.0.1, and the answers back: BIND listens
 * on addresses that an interface has, and the loopback interface has the others of 127.0.0.0/8 unsaid.
 */
export async function startRelay(address: string, to: number): Promise<Relay> {
  let lastAsked = Date.now();
  const udp = createSocket("udp4", (question, asker) => {
    lastAsked = Date.now();
    const onward = createSocket("udp4");
    const patience = setTimeout(() => onward.close(), 5_000);
    onward.on("error", () => {});
    onward.once("close", () => clearTimeout(patience));
    onward.once("message", (answer) => {
      udp.send(answer, asker.port, asker.address);
      onward.close();
    });
    onward.send(question, to, "127.0.0.1");
  });
  const sockets = new Set<Socket>();
  const tcp = createServer((asker) => {
    const onward = connect(to, "127.0.0.1");
    for (const [socket, other] of [
      [asker, onward],
      [onward, asker],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.once("close", () => sockets.delete(socket));
      socket.pipe(other);
    }
  });
  udp.bind(PORT, address);
  tcp.listen(PORT, address);
  await Promise.all([once(udp, "listening"), once(tcp, "listening")]);
  let stopped: Promise<unknown> | undefined;
  const stop = async () => {
    udp.close();
    tcp.close();
    for (const socket of sockets) socket.destroy();
    await once(tcp, "close");
  };
  return {
    idleMs: () => Date.now() - lastAsked,
    stop: async () => {
      stopped ??= stop();
      await stopped;
    },
  };
}
