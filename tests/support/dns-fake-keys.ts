import { type Dnskey, keyTagOf } from "../../provider/dns/ds";
import { CLASS, TYPE } from "../../simulator/dns/codes";
import type { ReceivedMessage, ResourceRecord } from "../../simulator/dns/message";
import { uint16, uint32 } from "../../simulator/dns/wire";
import { message, type Script } from "./dns-fake-primary";

const keyOf = (octet: number) => ({ flags: 257, algorithm: 13, publicKey: Buffer.alloc(64, octet) });
const KEY = keyOf(7);

export const FAKE_KEY_TAG = keyTagOf(KEY);

/** Answers any question with one key that signs itself, as far as can be seen without a look at the signature. */
export const oneKey: Script = (request) => signedBy(KEY, request);

/** The same with another key. */
export const anotherKey: Script = (request) => signedBy(keyOf(8), request);

/** One key whose signature is valid from then to then, in seconds from now. */
export const validFor =
  (span: readonly [number, number]): Script =>
  (request) =>
    signedBy(KEY, request, span);

function signedBy(
  key: Dnskey,
  request: ReceivedMessage,
  [begins, ends]: readonly [number, number] = [-3_600, 3_600],
): readonly Buffer[] {
  const [question] = request.questions;
  if (question === undefined) throw new Error("the request asks nothing");
  const { name, type } = question;
  const { flags, algorithm, publicKey } = key;
  const record = (of: number, rdata: Buffer): ResourceRecord => ({
    name,
    type: of,
    class: CLASS.IN,
    ttl: 300,
    rdata,
  });
  const dnskey = Buffer.concat([uint16(flags), Buffer.from([3, algorithm]), publicKey]);
  const now = Math.floor(Date.now() / 1_000);
  const signature = Buffer.concat([
    uint16(TYPE.DNSKEY),
    Buffer.from([algorithm, 2]),
    // TTL, expiration, inception.
    ...[300, now + ends, now + begins].map(uint32),
    uint16(keyTagOf(key)),
    name,
    Buffer.alloc(64),
  ]);
  const records = [record(TYPE.DNSKEY, dnskey), record(TYPE.RRSIG, signature)];
  return [message(request, type === TYPE.DNSKEY ? records : [])];
}

/** The zone is there and has no key. */
export const noKey: Script = (request) => [message(request, [])];
