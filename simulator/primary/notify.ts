import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { OPCODE, TYPE } from "../dns/codes";
import { encode, FLAG, query } from "../dns/message";
import { parseName } from "../dns/name";
import { sign, type TsigKey } from "../dns/tsig";

interface Recipient {
  readonly address: string;
  readonly port: number;
}

/**
 * Tells a secondary that a zone has another serial (RFC 1996), once: on one machine no datagram is lost,
 * and whoever misses it refreshes in time. The answer is not waited for.
 */
export function sendNotify(
  zone: string,
  key: TsigKey | undefined,
  now: number,
  { address, port }: Recipient,
): void {
  const question = query(randomInt(0x1_0000), parseName(zone), TYPE.SOA);
  const bare = encode({ ...question, flags: (OPCODE.NOTIFY << 11) | FLAG.authoritative });
  const socket = createSocket("udp4");
  socket.on("error", () => socket.close());
  socket.send(key ? sign(bare, key, now).wire : bare, port, address, () => socket.close());
}
