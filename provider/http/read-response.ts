import { PROBLEMS } from "../core/bounds";
import { ApiError, type CallContext, UnexpectedAnswerError } from "../core/errors";
import type { ApiCall } from "./api-call";
import type { Dialect, Reading } from "./dialect";
import type { Notices } from "./notices";
import { readAllowance, readRetryAfter } from "./rate-headers";
import type { HttpResponse } from "./transport";

/** One call, and what came of it. */
export interface Received<Result> {
  readonly call: ApiCall<Result>;
  readonly context: CallContext;
  readonly response: HttpResponse;
}

/** The result, checked; every other response is thrown as an error that teaches. */
export function readResponse<Result>(received: Received<Result>, dialect: Dialect, notices: Notices): Result {
  const { call, context, response } = received;
  const reading = dialect.read(response);
  switch (reading.kind) {
    case "refusal":
      throw refusal(received, dialect, reading);
    case "unreadable":
      throw unreadable(received, dialect, reading.reason);
    case "result": {
      for (const notice of reading.notices ?? []) notices(context.service, notice);
      const parsed = call.result.safeParse(reading.result);
      if (!parsed.success) {
        const places = parsed.error.issues
          .slice(0, PROBLEMS)
          .map((issue) => `${issue.path.join(".") || "result"}: ${issue.message}`);
        throw unreadable(received, dialect, `an unexpected result (${places.join("; ")})`);
      }
      const contradiction = call.contradiction?.(parsed.data);
      if (contradiction === undefined) return parsed.data;
      throw inconsistent(received, dialect, contradiction);
    }
  }
}

function refusal(
  { call, context, response }: Received<unknown>,
  dialect: Dialect,
  reading: Extract<Reading, { kind: "refusal" }>,
): ApiError {
  const { problems } = reading;
  const { status } = response;
  const retryAfterMs = readRetryAfter(response.header, Date.now());
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
    ...idOf(reading.requestId ?? dialect.requestId(response)),
    ...waitOf(response),
  });
}

function unreadable(
  { context, response }: Received<unknown>,
  dialect: Dialect,
  reason: string,
): UnexpectedAnswerError {
  const { status } = response;
  const hint =
    status >= 500 || status === 429
      ? `${context.service} or a proxy before it is in trouble: wait a little, then run the command again.`
      : `check the base URL, and that no proxy answers in place of ${context.service}.`;
  const requestId = idOf(dialect.requestId(response));
  return new UnexpectedAnswerError({ ...context, status, reason, hint, ...requestId, ...waitOf(response) });
}

function inconsistent(
  { context, response }: Received<unknown>,
  dialect: Dialect,
  reason: string,
): UnexpectedAnswerError {
  const { service, method } = context;
  const hint =
    method === "GET"
      ? `run the command again. If that does not help, it is a fault of ${service}: report it there.`
      : `look at the object at ${service}: what is there is not known. If it is as it should be, run the command again.`;
  const requestId = idOf(dialect.requestId(response));
  const { status } = response;
  return new UnexpectedAnswerError({ ...context, status, kind: "contradiction", reason, hint, ...requestId });
}

function idOf(requestId: string | undefined): { requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}

/** Milliseconds after which the service wants to be asked again. A budget's reset says that of a 429 alone. */
export function askedWait({ status, header }: HttpResponse): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  const now = Date.now();
  const budget = status === 429 ? readAllowance(header, now) : undefined;
  return readRetryAfter(header, now) ?? budget?.resetMs;
}

function waitOf(response: HttpResponse): { waitMs?: number } {
  const waitMs = askedWait(response);
  return waitMs === undefined ? {} : { waitMs };
}
