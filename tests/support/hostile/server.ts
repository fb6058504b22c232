import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Answer } from "./answering";

export interface HostileServer {
  readonly origin: string;
  /** What it does from now on. */
  answer: Answer;
  /** Ends what it has under way, and goes on. */
  dropAll(): void;
  close(): Promise<void>;
}

/** Reads a request as far as it has to, and answers whatever bytes it is told to. */
export async function startHostileServer(): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      text += chunk;
      const asked = parsed(text);
      if (asked === undefined) return;
      text = "";
      hostile.answer(socket, { ...asked, origin: hostile.origin });
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const hostile: HostileServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: () => {},
    dropAll,
    async close() {
      dropAll();
      server.close();
      await once(server, "close");
    },
  };
  return hostile;
}

/** `undefined`: it is not all here yet. */
function parsed(text: string) {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [line = "", ...headers] = text.slice(0, end).split("\r\n");
  const [method = "", path = ""] = line.split(" ");
  const length = headers.map((header) => /^content-length: (\d+)$/i.exec(header)?.[1]).find(Boolean);
  const body = text.slice(end + 4);
  return body.length < Number(length ?? 0) ? undefined : { method, path, body };
}
