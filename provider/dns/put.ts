import { randomInt } from "node:crypto";
import type { Asked, AskOptions } from "./asking";
import { encodeQuery, type Message, parseMessage, type Question } from "./message";
import { PrimaryError } from "./primary-error";
import { exchange } from "./tcp";
import { sign, type TsigVerdict, verify } from "./tsig";

export interface Reply {
  readonly message: Message;
  /** Left out: the question was not signed. */
  readonly verdict?: TsigVerdict;
}

/** Puts a question to a primary; what its answer means is left to the caller. */
export async function put(asked: Asked, question: Question, options: AskOptions): Promise<Reply> {
  const { now = Date.now } = options;
  const { key } = asked.primary;
  const query = encodeQuery(randomInt(0x1_0000), question);
  const request = key && sign(query, key, now());
  const wire = await exchange(asked, request?.wire ?? query, options);
  return reading(asked, () => {
    const message = parseMessage(wire);
    checkFits(message, parseMessage(query));
    return { message, ...(key && request ? { verdict: verify(message, key, request, now()) } : {}) };
  });
}

/** Runs what reads an answer: whatever it stumbles over came from outside. */
export function reading<Result>(asked: Asked, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PrimaryError(asked, { kind: "garbled", reason });
  }
}

function checkFits(answer: Message, query: Message): void {
  if (!answer.isResponse) throw new RangeError("it is a question itself");
  if (answer.id !== query.id) throw new RangeError("it has another id");
  // NSD leaves the question out when it refuses a TSIG.
  if (answer.questions.length === 0 && answer.rcode !== 0) return;
  const [given, wanted] = [answer.questions, query.questions].map((all) =>
    Buffer.concat(all).toString("hex"),
  );
  if (given !== wanted) throw new RangeError("it is to another question");
}
