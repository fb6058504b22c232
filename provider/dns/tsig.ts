import { createHmac, timingSafeEqual } from "node:crypto";
import { InputError } from "../core/errors";
import type { Message } from "./message";
import { canonicalName, normalName, readName } from "./name";
import type { TransferKey } from "./primary";
import { MD5, parseTsigAlgorithm } from "./tsig-algorithm";
import { encodeTsig, parseTsig, TSIG, type TsigData, uint16, variablesOf } from "./tsig-record";

/** How far apart the clocks may be (RFC 8945 section 10). */
export const FUDGE_SECONDS = 300;

const NOTAUTH = 9;
const BADSIG = 16;
const BADKEY = 17;
const BADTIME = 18;

export interface SignedRequest {
  readonly wire: Buffer;
  readonly mac: Buffer;
}

/** What the TSIG of an answer to a signed request says (RFC 8945 section 5.3). */
export type TsigVerdict =
  | { readonly kind: "verified" }
  | { readonly kind: "unsigned" }
  | { readonly kind: "unknown-key" }
  | { readonly kind: "wrong-secret" }
  /** Positive: the other side's clock is ahead. */
  | { readonly kind: "clock"; readonly secondsApart: number }
  | { readonly kind: "forged-answer" };

/** Signs a request (RFC 8945 section 5.1); `now` in milliseconds. */
export function sign(message: Buffer, key: TransferKey, now: number): SignedRequest {
  const name = canonicalName(key.name);
  const bare = {
    algorithm: canonicalName(key.algorithm),
    time: Math.floor(now / 1000),
    fudge: FUDGE_SECONDS,
    error: 0,
    other: Buffer.alloc(0),
  };
  const mac = macOf(key, message, variablesOf(name, bare));
  const record = encodeTsig(name, { ...bare, mac, originalId: message.readUInt16BE(0) });
  const wire = Buffer.concat([message, record]);
  wire.writeUInt16BE(wire.readUInt16BE(10) + 1, 10);
  return { wire, mac };
}

/** Judges the first message of an answer. Throws a RangeError for a TSIG that cannot be read. */
export function verify(answer: Message, key: TransferKey, request: SignedRequest, now: number): TsigVerdict {
  const last = answer.additional.at(-1);
  if (last?.type !== TSIG)
    return { kind: answer.additional.some(({ type }) => type === TSIG) ? "forged-answer" : "unsigned" };
  const tsig = parseTsig(last.data);

  // A server that lacks the key, or has another secret, cannot sign what it says (section 5.3.2). NSD
  // does not sign BADTIME either, though it could. Such an answer is good for advice, and for no more.
  const seconds = Math.floor(now / 1000);
  if (answer.rcode === NOTAUTH && tsig.mac.length === 0) {
    if (tsig.error === BADKEY) return { kind: "unknown-key" };
    if (tsig.error === BADSIG) return { kind: "wrong-secret" };
    if (tsig.error === BADTIME) return { kind: "clock", secondsApart: serverTime(tsig) - seconds };
  }

  const name = canonicalName(key.name);
  const isOurs =
    readName(answer.wire, last.start).name.equals(name) &&
    tsig.algorithm.equals(canonicalName(key.algorithm));
  const message = withoutTsig(answer.wire, last.start, tsig.originalId);
  const mac = macOf(key, uint16(request.mac.length), request.mac, message, variablesOf(name, tsig));
  // None of the algorithms here cuts its MAC short, so a shorter one is refused (section 5.2.2.1).
  const isRight = isOurs && mac.length === tsig.mac.length && timingSafeEqual(mac, tsig.mac);
  if (!isRight) return { kind: "forged-answer" };

  const secondsApart = serverTime(tsig) - seconds;
  const isLate = tsig.error === BADTIME || Math.abs(secondsApart) > tsig.fudge;
  return isLate ? { kind: "clock", secondsApart } : { kind: "verified" };
}

/** With BADTIME a server repeats our time, and has its own in the other data (RFC 8945 section 5.2.3). */
function serverTime({ error, other, time }: TsigData): number {
  return error === BADTIME && other.length === 6 ? other.readUIntBE(0, 6) : time;
}

/** The message as it was before the TSIG was put on (RFC 8945 section 5.2.2). */
function withoutTsig(wire: Buffer, end: number, originalId: number): Buffer {
  const message = Buffer.from(wire.subarray(0, end));
  message.writeUInt16BE(originalId, 0);
  message.writeUInt16BE(message.readUInt16BE(10) - 1, 10);
  return message;
}

function macOf({ algorithm, secret }: TransferKey, ...parts: readonly Buffer[]): Buffer {
  const hmac = createHmac(hashOf(algorithm), Buffer.from(secret.reveal(), "base64"));
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** What Node calls the hash. MD5 is no choice of this package, but may be what Cloudflare has. */
function hashOf(algorithm: string): string {
  if (normalName(algorithm) === MD5) return "md5";
  const known = parseTsigAlgorithm(algorithm);
  if (known === undefined)
    throw new InputError(`TSIG algorithm "${algorithm}" is not one this package knows.`);
  return known.slice("hmac-".length, -1);
}
