import type { ApiCall } from "./api-call";
import { PROBLEMS } from "./bounds";
import type { Dialect, Reading } from "./dialect";
import { ApiError, type CallContext, UnexpectedAnswerError } from "./errors";
import type { Notices } from "./notices";
import { readAllowance, readRetryAfter } from "./rate-headers";
import type { HttpAnswer } from "./transport";

/** One call, and what came of it. */
export interface Answered<Result> {
  readonly call: ApiCall<Result>;
  readonly context: CallContext;
  readonly answer: HttpAnswer;
}

/** The result, checked; every other answer is thrown as an error that teaches. */
export function readAnswer<Result>(answered: Answered<Result>, dialect: Dialect, notices: Notices): Result {
  const { call, context, answer } = answered;
  const reading = dialect.read(answer);
  switch (reading.kind) {
    case "refusal":
      throw refusal(answered, dialect, reading);
    case "unreadable":
      throw unreadable(answered, dialect, reading.reason);
    case "result": {
      for (const notice of reading.notices ?? []) notices(context.service, notice);
      const parsed = call.result.safeParse(reading.result);
      if (!parsed.success) {
        const places = parsed.error.issues
          .slice(0, PROBLEMS)
          .map((issue) => `${issue.path.join(".") || "result"}: ${issue.message}`);
        throw unreadable(answered, dialect, `an unexpected result (${places.join("; ")})`);
      }
      const contradiction = call.contradiction?.(parsed.data);
      if (contradiction === undefined) return parsed.data;
      throw inconsistent(answered, dialect, contradiction);
    }
  }
}

function refusal(
  { call, context, answer }: Answered<unknown>,
  dialect: Dialect,
  reading: Extract<Reading, { kind: "refusal" }>,
): ApiError {
  const { problems } = reading;
  const { status } = answer;
  const retryAfterMs = readRetryAfter(answer.header, Date.now());
  const hint = dialect.hint({
    method: call.method,
    status,
    problems,
    permission: call.permission,
    retryAfter: retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1_000),
  });
  return new ApiError({
    ...context,
    status,
    problems,
    hint,
    ...idOf(reading.requestId ?? dialect.requestId(answer)),
    ...waitOf(answer),
  });
}

function unreadable(
  { context, answer }: Answered<unknown>,
  dialect: Dialect,
  reason: string,
): UnexpectedAnswerError {
  const { status } = answer;
  const hint =
    status >= 500 || status === 429
      ? `${context.service} or a proxy before it is in trouble: wait a little, then run the command again.`
      : `check the base URL, and that no proxy answers in place of ${context.service}.`;
  const requestId = idOf(dialect.requestId(answer));
  return new UnexpectedAnswerError({ ...context, status, reason, hint, ...requestId, ...waitOf(answer) });
}

function inconsistent(
  { context, answer }: Answered<unknown>,
  dialect: Dialect,
  reason: string,
): UnexpectedAnswerError {
  const { service, method } = context;
  const hint =
    method === "GET"
      ? `run the command again. If that does not help, it is a fault of ${service}: report it there.`
      : `look at the object at ${service}: what is there is not known. If it is as it should be, run the command again.`;
  const requestId = idOf(dialect.requestId(answer));
  const { status } = answer;
  return new UnexpectedAnswerError({ ...context, status, kind: "contradiction", reason, hint, ...requestId });
}

function idOf(requestId: string | undefined): { requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}

/** Milliseconds after which the service wants to be asked again. A budget's reset says that of a 429 alone. */
export function askedWait({ status, header }: HttpAnswer): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  const now = Date.now();
  const budget = status === 429 ? readAllowance(header, now) : undefined;
  return readRetryAfter(header, now) ?? budget?.resetMs;
}

function waitOf(answer: HttpAnswer): { waitMs?: number } {
  const waitMs = askedWait(answer);
  return waitMs === undefined ? {} : { waitMs };
}
