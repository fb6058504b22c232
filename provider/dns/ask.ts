import { type AnswerRecord, recordsOf } from "./answer-record";
import type { AskOptions } from "./asking";
import { troubleOf } from "./judge";
import type { Question } from "./message";
import type { Primary } from "./primary";
import { PrimaryError } from "./primary-error";
import { put, reading } from "./put";

export interface Answer {
  /** The answer section; of a transfer only its first record. */
  readonly records: readonly AnswerRecord[];
}

/** Asks a primary about a zone, over TCP and signed if there is a key. Throws a `PrimaryError`. */
export async function ask(primary: Primary, question: Question, options: AskOptions = {}): Promise<Answer> {
  const { name: zoneName, type } = question;
  const asked = { primary, zoneName, type };
  const { message, verdict } = await put(asked, question, options);
  const trouble = troubleOf(message, verdict, type);
  if (trouble !== undefined) throw new PrimaryError(asked, trouble);
  // Any kind of record follows in a transfer, and one that cannot be read must not spoil the first.
  const count = type === "AXFR" ? 1 : message.answers.length;
  return { records: reading(asked, () => recordsOf(message, count)) };
}
