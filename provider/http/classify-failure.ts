import { ApiError, NetworkError, UnexpectedAnswerError } from "../core/errors";

/** What a failed attempt means for the next one. */
export type FailureClass =
  /** The response will be the same again. */
  | { readonly kind: "final" }
  /** The request did not reach the service. */
  | { readonly kind: "unsent" }
  /** The service did not process it, for there were too many. */
  | { readonly kind: "limited"; readonly waitMs?: number }
  /** It may have been processed. */
  | { readonly kind: "unsure"; readonly waitMs?: number }
  /**
   * A success that nobody can read, such as one that was cut off: it may have been processed. Or one that can be
   * read, and speaks of something else than was asked for: asking again would not help.
   */
  | { readonly kind: "garbled"; readonly speaksOfElse?: true };

/** Failures of these kinds happen before a byte of the request is on the wire. */
const UNSENT = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
];

/** Node's and OpenSSL's codes for a certificate that is not trusted or does not fit: waiting does not help. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS|ERR_SSL/;

/** Of a proxy's address; those of the services are checked before. */
const NO_URL = ["ERR_INVALID_URL", "UND_ERR_INVALID_ARG"];

export function isUntrusted(reasonCode: string | undefined): boolean {
  return UNTRUSTED.test(reasonCode ?? "");
}

export function isUnsent(reasonCode: string | undefined): boolean {
  return UNSENT.includes(reasonCode ?? "");
}

export function classifyFailure(error: unknown): FailureClass {
  if (error instanceof NetworkError) {
    const { reasonCode } = error.data;
    if (isUntrusted(reasonCode) || NO_URL.includes(reasonCode ?? "")) return { kind: "final" };
    return isUnsent(reasonCode) ? { kind: "unsent" } : { kind: "unsure" };
  }
  if (!(error instanceof ApiError || error instanceof UnexpectedAnswerError)) return { kind: "final" };
  if (error instanceof UnexpectedAnswerError && error.data.kind === "contradiction") {
    return { kind: "garbled", speaksOfElse: true };
  }
  const { status, waitMs } = error.data;
  const wait = waitMs === undefined ? {} : { waitMs };
  if (status === 429) return { kind: "limited", ...wait };
  if (status >= 500 || status === 408) return { kind: "unsure", ...wait };
  return error instanceof UnexpectedAnswerError && status < 300 ? { kind: "garbled" } : { kind: "final" };
}
