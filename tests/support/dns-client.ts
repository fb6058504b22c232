import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { TYPE } from "../../simulator/dns/codes";
import { frame, Unframer } from "../../simulator/dns/framing";
import { decode, encode, FLAG, query, type ReceivedMessage } from "../../simulator/dns/message";
import { parseName } from "../../simulator/dns/name";
import { sign, type TsigKey } from "../../simulator/dns/tsig";

const LOOPBACK = "127.0.0.1";

export interface Asking {
  readonly transport?: "udp" | "tcp";
  /** Left out: no EDNS at all. */
  readonly edns?: { readonly payload?: number; readonly dnssec?: boolean; readonly version?: number };
  readonly opcode?: number;
  /** Sets RD: asks the port as a resolver. */
  readonly recursive?: boolean;
  /** Whom to ask; 127.0.0.1 by default. */
  readonly host?: string;
  readonly key?: TsigKey;
  readonly time?: number;
}

/** Asks a DNS server one thing and answers its first message. */
export async function ask(
  port: number,
  name: string,
  type: number,
  asking: Asking = {},
): Promise<ReceivedMessage> {
  const { transport = "udp", edns, opcode = 0, key, host = LOOPBACK } = asking;
  const { recursive = false, time = Math.floor(Date.now() / 1000) } = asking;
  const { payload = 1232, dnssec = false, version = 0 } = edns ?? {};
  const opt = {
    name: parseName("."),
    type: TYPE.OPT,
    class: payload,
    ttl: (version << 16) | (dnssec ? 0x8000 : 0),
    rdata: Buffer.alloc(0),
  };
  const bare = encode({
    ...query(4711, parseName(name), type),
    flags: (opcode << 11) | (recursive ? FLAG.recurse : 0),
    additional: edns ? [opt] : [],
  });
  const wire = key ? sign(bare, key, time).wire : bare;
  return decode(await (transport === "udp" ? overUdp(port, wire, host) : overTcp(port, wire, host)));
}

export function overUdp(port: number, wire: Buffer, host = LOOPBACK): Promise<Buffer> {
  return firstOverUdp(port, [wire], host);
}

/** Sends messages one after the other and answers what comes first. */
export async function firstOverUdp(port: number, wires: readonly Buffer[], host = LOOPBACK): Promise<Buffer> {
  const socket = createSocket("udp4");
  try {
    for (const wire of wires) socket.send(wire, port, host);
    const [answer] = await once(socket, "message");
    return answer;
  } finally {
    socket.close();
  }
}

async function overTcp(port: number, wire: Buffer, host: string): Promise<Buffer> {
  const socket = connect(port, host);
  socket.write(frame(wire));
  const unframer = new Unframer();
  try {
    for await (const chunk of socket) {
      const [answer] = unframer.push(chunk);
      if (answer) return answer;
    }
    throw new Error("the server ended the connection");
  } finally {
    socket.destroy();
  }
}
