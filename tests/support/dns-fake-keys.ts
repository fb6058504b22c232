import { keyTagOf } from "../../provider/dns/ds";
import { CLASS, TYPE } from "../../simulator/dns/codes";
import type { ResourceRecord } from "../../simulator/dns/message";
import { uint16, uint32 } from "../../simulator/dns/wire";
import { message, type Script } from "./dns-fake-primary";

const KEY = { flags: 257, algorithm: 13, publicKey: Buffer.alloc(64, 7) };

export const FAKE_KEY_TAG = keyTagOf(KEY);

/** Answers any question with one key that signs itself, as far as can be seen without a look at the signature. */
export const oneKey: Script = (request) => {
  const [question] = request.questions;
  if (question === undefined) throw new Error("the request asks nothing");
  const { name, type } = question;
  const { flags, algorithm, publicKey } = KEY;
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
    ...[300, now + 3_600, now - 3_600].map(uint32),
    uint16(FAKE_KEY_TAG),
    name,
    Buffer.alloc(64),
  ]);
  const records = [record(TYPE.DNSKEY, dnskey), record(TYPE.RRSIG, signature)];
  return [message(request, type === TYPE.DNSKEY ? records : [])];
};

/** The zone is there and has no key. */
export const noKey: Script = (request) => [message(request, [])];
