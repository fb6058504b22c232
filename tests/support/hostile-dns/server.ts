import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { Unframer } from "../../../simulator/dns/framing";
import { decode, type ReceivedMessage } from "../../../simulator/dns/message";

/** What it does with a question: over TCP with the connection, over UDP with something that only sends. */
export interface Answer {
  readonly tcp: (request: ReceivedMessage, socket: Socket) => void;
  readonly udp: (request: ReceivedMessage, send: (datagram: Buffer) => void) => void;
}

export interface HostileDns {
  readonly port: number;
  answer: Answer;
  /** Ends what is still open. */
  dropAll(): void;
  close(): Promise<void>;
}

/** A DNS server, on TCP and UDP, that means harm to whoever asks it. */
export async function startHostileDns(answer: Answer): Promise<HostileDns> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const unframer = new Unframer();
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      for (const wire of unframer.push(chunk)) hostile.answer.tcp(decode(wire), socket);
    });
  });
  const datagrams = createSocket("udp4");
  datagrams.on("error", () => {});
  datagrams.on("message", (wire, { address, port }) =>
    hostile.answer.udp(decode(wire), (reply) => datagrams.send(reply, port, address)),
  );
  const hostile: HostileDns = {
    port: 0,
    answer,
    dropAll() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      hostile.dropAll();
      datagrams.close();
      server.close();
      await once(server, "close");
    },
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  const port = bound !== null && typeof bound === "object" ? bound.port : 0;
  datagrams.bind(port, "127.0.0.1");
  await once(datagrams, "listening");
  return Object.assign(hostile, { port });
}
