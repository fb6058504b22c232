import { randomInt } from "node:crypto";
import { RECORDS_OF_A_TYPE } from "../core/bounds";
import type { Asked, QueryOptions } from "./asked";
import { failed, type Result, success } from "./failure";
import { encodeQuery, type Message, parseMessage, type Question } from "./message";
import { exchangeOverTcp } from "./tcp";
import { traceQuestion } from "./trace";
import { sign, type TsigVerdict, verify } from "./tsig";
import { exchangeOverUdp } from "./udp";

export interface Response {
  readonly message: Message;
  /** Left out: the question was not signed. */
  readonly verdict?: TsigVerdict;
}

/** Puts a question to a server; what its response means is left to the caller. */
export async function query(
  asked: Asked,
  question: Question,
  options: QueryOptions,
): Promise<Result<Response>> {
  const { transport = "tcp" } = options;
  const began = Date.now();
  const outcome = await exchange(asked, question, { ...options, transport });
  const came = outcome.ok ? `rcode=${outcome.value.message.rcode}` : outcome.failure.cause.kind;
  traceQuestion({ asked, transport, took: Date.now() - began, came });
  return outcome;
}

async function exchange(
  asked: Asked,
  question: Question,
  options: QueryOptions & { readonly transport: "tcp" | "udp" },
): Promise<Result<Response>> {
  const { now = Date.now, transport } = options;
  const { key } = asked.primary;
  const wire = encodeQuery(randomInt(0x1_0000), question);
  const request = key && sign(wire, key, now());
  const overWire = transport === "tcp" ? exchangeOverTcp : exchangeOverUdp;
  const received = await overWire(asked, request?.wire ?? wire, options);
  if (!received.ok) return received;
  return reading(asked, () => {
    const message = parseMessage(received.value);
    checkFits(message, parseMessage(wire));
    if (question.type !== "AXFR") checkSize(message);
    return { message, ...(key && request ? { verdict: verify(message, key, request, now()) } : {}) };
  });
}

/** Runs what reads a response: whatever it stumbles over came from outside. */
export function reading<Value>(asked: Asked, read: () => Value): Result<Value> {
  try {
    return success(read());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(asked, { kind: "garbled", reason });
  }
}

function checkFits(response: Message, request: Message): void {
  if (!response.isResponse) throw new RangeError("it is a query");
  if (response.id !== request.id) throw new RangeError("its id does not match");
  // NSD leaves the question out when it refuses a TSIG.
  if (response.questions.length === 0 && response.rcode !== 0) return;
  const [given, wanted] = [response.questions, request.questions].map((all) =>
    Buffer.concat(all).toString("hex"),
  );
  if (given !== wanted) throw new RangeError("its question does not match");
}

/** What is done with each pair of a key and a signature must not be done a hundred thousand times. */
function checkSize({ answers, authority, additional }: Message): void {
  for (const section of [answers, authority, additional]) {
    const counts = new Map<number, number>();
    for (const { type } of section) counts.set(type, (counts.get(type) ?? 0) + 1);
    for (const [type, count] of counts)
      if (count > RECORDS_OF_A_TYPE) throw new RangeError(`it has ${count} records of type ${type}`);
  }
}
