import { redact } from "./secret";

const brand = Symbol.for("pulumi-secondary-dns.error");

export type ErrorCode =
  | "SECONDARY_DNS_API"
  | "SECONDARY_DNS_NETWORK"
  | "SECONDARY_DNS_UNEXPECTED_ANSWER"
  | "SECONDARY_DNS_SETTINGS"
  | "SECONDARY_DNS_INPUT"
  | "SECONDARY_DNS_REFUSED"
  | "SECONDARY_DNS_WAIT"
  | "SECONDARY_DNS_PRIMARY"
  | "SECONDARY_DNS_WIRE";

/**
 * The base of every error this package throws. The brand makes `isSecondaryDnsError` right across
 * two installed copies; the stack is empty since the CLI would print it (`check`, `diff`,
 * `read` and `delete` errors reach the terminal with their stack).
 */
export abstract class SecondaryDnsError extends Error {
  abstract override readonly name: string;
  abstract readonly code: ErrorCode;
  readonly [brand] = true;

  constructor(message: string, options?: ErrorOptions) {
    // Servers may say back what was sent to them.
    super(redact(message), options);
    this.stack = "";
  }
}

export function isSecondaryDnsError(value: unknown): value is SecondaryDnsError {
  return typeof value === "object" && value !== null && brand in value;
}

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

/** One error the service reported: its own code, text, and the place in the request it points at. */
export interface ApiProblem {
  readonly code: string;
  readonly message: string;
  readonly pointer?: string;
}

export interface ApiErrorData extends FailedCall {
  readonly status: number;
  readonly problems: readonly ApiProblem[];
  readonly requestId?: string;
  /** How long the service asks to wait before the next attempt, in milliseconds. */
  readonly waitMs?: number;
}

/** The service answered, and the answer is a refusal. */
export class ApiError extends SecondaryDnsError {
  override readonly name = "ApiError";
  readonly code = "SECONDARY_DNS_API";
  readonly data: ApiErrorData;

  constructor(data: ApiErrorData) {
    super(
      lines(
        `${data.service} refused to ${data.operation}: HTTP ${data.status}`,
        ...data.problems.map(problemLine),
        ...lastLines(data, data.requestId),
      ),
    );
    this.data = withoutSecrets(data);
  }
}

/** No answer came, or not all of it. */
export class NetworkError extends SecondaryDnsError {
  override readonly name = "NetworkError";
  readonly code = "SECONDARY_DNS_NETWORK";

  readonly data: FailedCall & {
    readonly reason: string;
    /** As the system or undici calls it, e.g. ECONNREFUSED. */
    readonly reasonCode?: string;
  };

  constructor(data: NetworkError["data"], options?: ErrorOptions) {
    super(
      lines(`Could not ${data.operation} at ${data.service}: ${data.reason}`, ...lastLines(data)),
      options,
    );
    this.data = withoutSecrets(data);
  }
}

/** An answer came that the service's documents do not allow: HTML, cut-off JSON, a missing field. */
export class UnexpectedAnswerError extends SecondaryDnsError {
  override readonly name = "UnexpectedAnswerError";
  readonly code = "SECONDARY_DNS_UNEXPECTED_ANSWER";

  readonly data: FailedCall & {
    readonly status: number;
    readonly reason: string;
    readonly requestId?: string;
    readonly waitMs?: number;
  };

  constructor(data: UnexpectedAnswerError["data"]) {
    super(
      lines(
        `${data.service} gave an answer that cannot be read to: ${data.operation}: HTTP ${data.status}, ${data.reason}`,
        ...lastLines(data, data.requestId),
      ),
    );
    this.data = withoutSecrets(data);
  }
}

/** The same failure with a note. A copy, since callers that share a read share its error. */
export function withNote(error: unknown, note: string): unknown {
  if (error instanceof ApiError) return new ApiError({ ...error.data, note });
  if (error instanceof UnexpectedAnswerError) return new UnexpectedAnswerError({ ...error.data, note });
  if (error instanceof NetworkError) return new NetworkError({ ...error.data, note }, { cause: error.cause });
  return error;
}

/** A credential or base URL is missing or wrong. */
export class SettingsError extends SecondaryDnsError {
  override readonly name = "SettingsError";
  readonly code = "SECONDARY_DNS_SETTINGS";
}

/** An input or id that cannot be used, found after the preview (an unknown that became known). */
export class InputError extends SecondaryDnsError {
  override readonly name = "InputError";
  readonly code = "SECONDARY_DNS_INPUT";
}

/** What was asked for is not there, not safe, or not what came of it; nothing more was sent. */
export class RefusedError extends SecondaryDnsError {
  override readonly name = "RefusedError";
  readonly code = "SECONDARY_DNS_REFUSED";
}

/** What was waited for did not come, or cannot come any more. */
export class WaitError extends SecondaryDnsError {
  override readonly name = "WaitError";
  readonly code = "SECONDARY_DNS_WAIT";
}

/** A value that cannot be kept in state: a fault of this package, never of a program. */
export class WireError extends SecondaryDnsError {
  override readonly name = "WireError";
  readonly code = "SECONDARY_DNS_WIRE";

  constructor(path: string, type: string) {
    super(
      `${path} is a ${type}, which state cannot hold. This is a fault of pulumi-secondary-dns: report it.`,
    );
  }
}

function withoutSecrets<Data extends CallContext>(data: Data): Data {
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) =>
    typeof value === "string" ? redact(value) : value,
  );
}

function problemLine({ code, message, pointer }: ApiProblem): string {
  const text = message.length > 500 ? `${message.slice(0, 500)}…` : message;
  return `  ${code}: ${text}${pointer ? ` (at ${pointer})` : ""}`;
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
