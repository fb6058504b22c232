import { randomInt } from "node:crypto";
import { TRANSFER_BYTES } from "../core/bounds";
import type { Asked, QueryOptions } from "./asked";
import { encodeQuery, parseMessage } from "./message";
import { canonicalName } from "./name";
import type { Primary } from "./primary";
import { readOverTcp } from "./tcp";
import { traceQuestion } from "./trace";
import { sign } from "./tsig";

const [SOA, RRSIG] = [6, 46];

/**
 * Whether a transfer brings signatures. A server that signs each response, as Knot's mod-onlinesign and
 * CoreDNS's dnssec do, transfers the zone without. `undefined`: not seen, or too long a zone to tell. No TSIG
 * is verified, for what follows from it is a refusal at most.
 */
export async function hasSignaturesInTransfer(
  primary: Primary,
  zoneName: string,
  options: QueryOptions = {},
): Promise<boolean | undefined> {
  const asked: Asked = { primary, zoneName, type: "AXFR" };
  const wire = encodeQuery(randomInt(0x1_0000), { name: zoneName, type: "AXFR" });
  const { now = Date.now } = options;
  const request = primary.key ? sign(wire, primary.key, now()).wire : wire;
  const apex = canonicalName(zoneName);
  const began = Date.now();
  const found = await readOverTcp(asked, request, options, (messages) => lookFor(messages, apex));
  const came = found.ok ? `signatures=${found.value ?? "unseen"}` : found.failure.cause.kind;
  traceQuestion({ asked, transport: "tcp", took: Date.now() - began, came });
  return found.ok ? found.value : undefined;
}

/** A transfer begins and ends with the SOA (RFC 5936 section 2.2). */
async function lookFor(messages: AsyncIterable<Buffer>, apex: Buffer): Promise<boolean | undefined> {
  let ends = 0;
  let received = 0;
  for await (const wire of messages) {
    const answers = answersOf(wire);
    if (answers === undefined) return undefined;
    if (answers.some(({ type }) => type === RRSIG)) return true;
    ends += answers.filter(({ type, owner }) => type === SOA && owner.equals(apex)).length;
    if (ends >= 2) return false;
    received += wire.length;
    if (received > TRANSFER_BYTES) return undefined;
  }
  return undefined;
}

/** `undefined` for what is no part of a transfer. */
function answersOf(wire: Buffer) {
  try {
    const { rcode, answers } = parseMessage(wire);
    return rcode === 0 && answers.length > 0 ? answers : undefined;
  } catch {
    return undefined;
  }
}
