import { SecondaryDnsError } from "./base-error";
import { PROBLEMS } from "./bounds";
import { foreignText } from "./foreign-text";

/** What was being done when a call failed: enough to find it in the service's own log. */
export interface CallContext {
  /** The service as people call it. */
  readonly service: "Cloudflare" | "HostUp";
  /** Verb and object, e.g. `create TSIG "cf.example.com." in account 0123…`. */
  readonly operation: string;
  readonly method: Method;
  readonly url: string;
}

interface FailedCall extends CallContext {
  readonly hint: string;
  /** What came of trying again. */
  readonly note?: string;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One error the service reported: its own code, text, the place in the request it points at, and where to read on. */
export interface ApiProblem {
  readonly code: string;
  readonly message: string;
  readonly pointer?: string;
  /** A URL. */
  readonly documentation?: string;
}

export interface ApiErrorData extends FailedCall {
  readonly status: number;
  /** The first of them; `omitted` counts the others. */
  readonly problems: readonly ApiProblem[];
  readonly omitted?: number;
  readonly requestId?: string;
  /** How long the service asks to wait before the next attempt, in milliseconds. */
  readonly waitMs?: number;
}

/** The service answered, and the response is a refusal. */
export class ApiError extends SecondaryDnsError {
  override readonly name = "ApiError";
  readonly code = "SECONDARY_DNS_API";
  readonly data: ApiErrorData;

  constructor(given: ApiErrorData) {
    const { problems, omitted = 0 } = given;
    const rest = omitted + Math.max(0, problems.length - PROBLEMS);
    const data = {
      ...withoutHarm(given),
      problems: problems.slice(0, PROBLEMS).map(withoutHarmIn),
      ...(rest === 0 ? {} : { omitted: rest }),
    };
    super(
      lines(
        `${data.service} refused to ${data.operation}: HTTP ${data.status}`,
        ...data.problems.map(problemLine),
        ...(rest === 0 ? [] : [`  and ${rest} more`]),
        ...lastLines(data, data.requestId),
      ),
    );
    this.data = data;
  }
}

/** No response came, or not all of it. */
export class NetworkError extends SecondaryDnsError {
  override readonly name = "NetworkError";
  readonly code = "SECONDARY_DNS_NETWORK";

  readonly data: FailedCall & {
    readonly reason: string;
    /** As the system or undici calls it, e.g. ECONNREFUSED. */
    readonly reasonCode?: string;
  };

  constructor(given: NetworkError["data"], options?: ErrorOptions) {
    const data = { ...withoutHarm(given), reason: foreignText(given.reason) };
    super(
      lines(`Could not ${data.operation} at ${data.service}: ${data.reason}`, ...lastLines(data)),
      options,
    );
    this.data = data;
  }
}

/**
 * A response came that the service's documents do not allow: HTML, cut-off JSON, a missing field; or one that is
 * not about what was asked for, such as another key's name. Nothing of it is kept.
 */
export class UnexpectedAnswerError extends SecondaryDnsError {
  override readonly name = "UnexpectedAnswerError";
  readonly code = "SECONDARY_DNS_UNEXPECTED_ANSWER";

  readonly data: FailedCall & {
    readonly status: number;
    /** Left out: it cannot be read. */
    readonly kind?: "contradiction";
    readonly reason: string;
    readonly requestId?: string;
    readonly waitMs?: number;
  };

  constructor(given: UnexpectedAnswerError["data"]) {
    const data = { ...withoutHarm(given), reason: foreignText(given.reason) };
    const what =
      data.kind === "contradiction" ? "gave an inconsistent answer to" : "sent an unreadable response to";
    super(
      lines(
        `${data.service} ${what}: ${data.operation}: HTTP ${data.status}, ${data.reason}`,
        ...lastLines(data, data.requestId),
      ),
    );
    this.data = data;
  }
}

/** The same failure with a note. A copy, since callers that share a read share its error. */
export function withNote(error: unknown, note: string): unknown {
  if (error instanceof ApiError) return new ApiError({ ...error.data, note });
  if (error instanceof UnexpectedAnswerError) return new UnexpectedAnswerError({ ...error.data, note });
  if (error instanceof NetworkError) return new NetworkError({ ...error.data, note }, { cause: error.cause });
  return error;
}

/** Characters of a code, an id or a place, which are short where they are honest. */
const SHORT = 200;

/** What others wrote into the part that all failed calls have. Names of objects come from them too. */
function withoutHarm<Data extends FailedCall & { readonly requestId?: string }>(data: Data): Data {
  const { operation, url, requestId } = data;
  return {
    ...data,
    operation: foreignText(operation),
    url: foreignText(url),
    ...(requestId === undefined ? {} : { requestId: foreignText(requestId, SHORT) }),
  };
}

function withoutHarmIn({ code, message, pointer, documentation }: ApiProblem): ApiProblem {
  return {
    code: foreignText(code, SHORT),
    message: foreignText(message),
    ...(pointer ? { pointer: foreignText(pointer, SHORT) } : {}),
    ...(documentation ? { documentation: foreignText(documentation, SHORT) } : {}),
  };
}

function problemLine({ code, message, pointer, documentation }: ApiProblem): string {
  const places = [...(pointer ? [`at ${pointer}`] : []), ...(documentation ? [`see ${documentation}`] : [])];
  return `  ${code}: ${message}${places.length > 0 ? ` (${places.join("; ")})` : ""}`;
}

function lastLines({ method, url, hint, note }: FailedCall, requestId?: string): string[] {
  return [
    `  ${method} ${url}${requestId ? ` (request id ${requestId})` : ""}`,
    `Next: ${hint}`,
    ...(note === undefined ? [] : [`  ${note}`]),
  ];
}

function lines(...all: string[]): string {
  return all.join("\n");
}
