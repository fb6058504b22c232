import { RCODE, TSIG_ERROR } from "./codes";
import { encode, FLAG, type ReceivedMessage } from "./message";
import { isSameName } from "./name";
import { isTimely, parseTsig, type TsigFields, type TsigKey, verify, withTsigError } from "./tsig";

export interface KnownKey extends TsigKey {
  /** The TSIG object that it comes from. */
  readonly tsigId: string;
}

/** Who signed a request, or the answer that refuses it; nothing for one without TSIG. */
export interface Authentication {
  readonly key?: KnownKey;
  readonly mac?: Buffer;
  readonly refusal?: Buffer;
}

/** RFC 8945 5.2: first the key, then the MAC, then the time. */
export function authenticate(
  request: ReceivedMessage,
  keys: readonly KnownKey[],
  now: number,
): Authentication {
  if (!request.tsig) return {};
  const fields = parseTsig(request.tsig.record);
  // Names are not unique at Cloudflare: several keys may have the one of the request.
  const key = keys.find((known) => verify(request, known));
  if (!key) {
    const { name } = request.tsig.record;
    const isKnown = keys.some(
      (known) => isSameName(known.name, name) && isSameName(known.algorithm, fields.algorithm),
    );
    return { refusal: refuse(request, fields, isKnown ? TSIG_ERROR.BADSIG : TSIG_ERROR.BADKEY) };
  }
  if (!isTimely(fields, now)) return { refusal: refuse(request, fields, TSIG_ERROR.BADTIME) };
  return { key, mac: fields.mac };
}

function refuse(request: ReceivedMessage, fields: TsigFields, error: number): Buffer {
  const { id, flags, questions, tsig } = request;
  const answer = encode({
    id,
    flags: FLAG.response | (flags & 0x7800) | RCODE.NOTAUTH,
    questions,
    answers: [],
    authority: [],
    additional: [],
  });
  return tsig ? withTsigError(answer, tsig.record.name, fields, error) : answer;
}
