import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { frame, Unframer } from "./framing";

export interface Asker {
  readonly address: string;
  readonly transport: "udp" | "tcp";
}

/** The messages that answer one: none to one over UDP. */
export type Respond = (wire: Buffer, asker: Asker) => readonly Buffer[];

export interface DnsServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const IDLE_MS = 30_000;
const TRIES = 20;

export interface Endpoint {
  readonly address: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** Listens on one port of an IPv4 address over UDP and TCP. */
export async function startDnsServer(
  wanted: Endpoint,
  respond: Respond,
  reportBug: (error: unknown) => void,
): Promise<DnsServer> {
  const connections = new Set<Socket>();
  const respondSafely: Respond = (wire, asker) => {
    try {
      return respond(wire, asker);
    } catch (error) {
      reportBug(error);
      return [];
    }
  };
  const { tcp, udp, port } = await listen(wanted, (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
    converse(socket, respondSafely);
  });
  udp.on("message", (wire, { address, port: from }) => {
    for (const answer of respondSafely(wire, { address, transport: "udp" })) udp.send(answer, from, address);
  });
  // A datagram that cannot be delivered is nobody's mistake.
  udp.on("error", () => {});

  return {
    port,
    close: async () => {
      const closed = [once(tcp, "close"), once(udp, "close")];
      tcp.close();
      udp.close();
      for (const socket of connections) socket.destroy();
      await Promise.all(closed);
    },
  };
}

function converse(socket: Socket, respond: Respond): void {
  const unframer = new Unframer();
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    for (const wire of unframer.push(chunk)) {
      const answers = respond(wire, { address: socket.remoteAddress ?? "", transport: "tcp" });
      for (const answer of answers) socket.write(frame(answer));
    }
  });
}

/** A free TCP port is now and then taken over UDP: another one is tried then. */
async function listen({ address, port: wantedPort }: Endpoint, onConnection: (socket: Socket) => void) {
  for (let tries = 1; ; tries += 1) {
    const tcp = createServer(onConnection).listen(wantedPort, address);
    await once(tcp, "listening");
    const port = portOf(tcp);
    const udp = createSocket("udp4");
    try {
      udp.bind(port, address);
      await once(udp, "listening");
      return { tcp, udp, port };
    } catch (error) {
      udp.close();
      tcp.close();
      if (wantedPort !== 0 || tries === TRIES) throw error;
    }
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("the DNS server does not listen on TCP");
  return address.port;
}
