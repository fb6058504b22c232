import type { IncomingHttpHeaders } from "node:http";
import type { Allowance } from "./rate-limit";
import type { RateLimit } from "./state";

/** A request without its body, which is read only when the rest of it is in order. */
export interface RequestHead {
  readonly method: string;
  /** Without the base path and the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

export interface ApiRequest extends RequestHead {
  readonly body: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type ServiceName = "cloudflare" | "hostup";

/** One of the two simulated APIs, as the server sees it. */
export interface Service {
  readonly name: ServiceName;
  readonly basePath: string;
  readonly rateLimit: () => RateLimit;
  /** What the rate limit is counted by. */
  readonly credentialOf: (request: RequestHead) => string;
  /** The answer to whoever may not do this, whatever the body is; undefined for all others. */
  readonly refusal: (request: RequestHead) => ApiAnswer | undefined;
  readonly answer: (request: ApiRequest) => ApiAnswer;
  readonly rateLimited: (request: RequestHead, limit: RateLimit, retryAfterSeconds: number) => ApiAnswer;
  /** The service's own error document for a status that is injected without a body. */
  readonly failure: (request: RequestHead, status: number) => ApiAnswer;
  /** Headers that every answer of the service carries, faults included. */
  readonly headers: (allowance: Allowance) => Readonly<Record<string, string>>;
}

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ApiAnswer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
