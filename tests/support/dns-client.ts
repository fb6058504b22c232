import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { TYPE } from "../../simulator/dns/codes";
import { frame, Unframer } from "../../simulator/dns/framing";
import { decode, encode, query, type ReceivedMessage } from "../../simulator/dns/message";
import { parseName } from "../../simulator/dns/name";
import { sign, type TsigKey } from "../../simulator/dns/tsig";

export interface Asking {
  readonly transport?: "udp" | "tcp";
  /** Left out: no EDNS at all. */
  readonly edns?: { readonly payload?: number; readonly dnssec?: boolean; readonly version?: number };
  readonly opcode?: number;
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
  const { transport = "udp", edns, opcode = 0, key, time = Math.floor(Date.now() / 1000) } = asking;
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
    flags: opcode << 11,
    additional: edns ? [opt] : [],
  });
  const wire = key ? sign(bare, key, time).wire : bare;
  return decode(await (transport === "udp" ? overUdp(port, wire) : overTcp(port, wire)));
}

export async function overUdp(port: number, wire: Buffer): Promise<Buffer> {
  const socket = createSocket("udp4");
  try {
    socket.send(wire, port, "127.0.0.1");
    const [answer] = await once(socket, "message");
    return answer;
  } finally {
    socket.close();
  }
}

async function overTcp(port: number, wire: Buffer): Promise<Buffer> {
  const socket = connect(port, "127.0.0.1");
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
