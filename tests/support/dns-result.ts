import type { FailureCause, Result } from "../../provider/dns/failure";
import { PrimaryError } from "../../provider/primary/primary-error";

/** What was asked for; a failure fails the test with its message. */
export async function answerOf<Value>(asking: Promise<Result<Value>>): Promise<Value> {
  const result = await asking;
  if (result.ok) return result.value;
  throw new PrimaryError(result.failure);
}

/** The error that people would read; a value fails the test. */
export async function failureOf(asking: Promise<Result<unknown>>): Promise<PrimaryError> {
  const result = await asking;
  if (result.ok) throw new Error(`no failure: ${JSON.stringify(result.value)}`);
  return new PrimaryError(result.failure);
}

export async function causeOf(asking: Promise<Result<unknown>>): Promise<FailureCause> {
  return (await failureOf(asking)).data.cause;
}
