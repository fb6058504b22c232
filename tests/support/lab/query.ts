import { createSocket } from "node:dgram";
import { once } from "node:events";
import { TYPE } from "../../../simulator/dns/codes";
import { decode, encode, query, type ReceivedMessage } from "../../../simulator/dns/message";
import { parseName } from "../../../simulator/dns/name";

export interface Server {
  readonly address: string;
  readonly port: number;
}

const RECURSION_DESIRED = 0x0100;
const AUTHENTIC_DATA = 0x0020;
const DNSSEC_OK = 0x8000;
const PAYLOAD = 4096;

let lastId = 0;

/** Asks over UDP, with DO and RD; undefined when nothing comes back in time, or nobody is there. */
export async function lookUp(
  { address, port }: Server,
  name: string,
  type: keyof typeof TYPE,
  timeoutMs = 5_000,
): Promise<ReceivedMessage | undefined> {
  lastId = (lastId + 1) % 0x10000;
  const opt = {
    name: parseName("."),
    type: TYPE.OPT,
    class: PAYLOAD,
    ttl: DNSSEC_OK,
    rdata: Buffer.alloc(0),
  };
  const question = query(lastId, parseName(name), TYPE[type]);
  const wire = encode({ ...question, flags: RECURSION_DESIRED, additional: [opt] });
  const answer = await exchange({ address, port }, wire, timeoutMs);
  return answer && decode(answer);
}

async function exchange(
  { address, port }: Server,
  wire: Buffer,
  timeoutMs: number,
): Promise<Buffer | undefined> {
  const socket = createSocket("udp4");
  try {
    socket.connect(port, address);
    await once(socket, "connect");
    socket.send(wire);
    const [answer] = await once(socket, "message", { signal: AbortSignal.timeout(timeoutMs) });
    return answer;
  } catch {
    return undefined;
  } finally {
    socket.close();
  }
}

/** What a resolver says that it has validated. */
export function isAuthentic({ flags }: ReceivedMessage): boolean {
  return (flags & AUTHENTIC_DATA) !== 0;
}
