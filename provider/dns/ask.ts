import type { QueryOptions } from "./asked";
import { failureOf } from "./classify-response";
import { failed, type Result } from "./failure";
import type { Question } from "./message";
import type { Primary } from "./primary";
import { query, reading } from "./query";
import { type ResourceRecord, recordsOf } from "./resource-record";

export interface Answer {
  /** The answer section; of a transfer only its first record. */
  readonly records: readonly ResourceRecord[];
  /** The message, which names in the records may point back into. */
  readonly wire: Buffer;
}

/** Asks an authoritative server about a zone, over TCP by default and signed if there is a key. */
export async function ask(
  primary: Primary,
  question: Question,
  options: QueryOptions = {},
): Promise<Result<Answer>> {
  const { name: zoneName, type } = question;
  const asked = { primary, zoneName, type };
  const response = await query(asked, question, options);
  if (!response.ok) return response;
  const { message, verdict } = response.value;
  const cause = failureOf(message, verdict, type);
  if (cause !== undefined) return failed(asked, cause);
  // Any kind of record follows in a transfer, and one that cannot be read must not spoil the first.
  const count = type === "AXFR" ? 1 : message.answers.length;
  return reading(asked, () => ({
    records: recordsOf(message, message.answers.slice(0, count)),
    wire: message.wire,
  }));
}
