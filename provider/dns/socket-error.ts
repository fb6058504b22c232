import type { FailureCause } from "./failure";

export const ENDED = "it ended the connection without an answer";

/** The system's codes in words. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: ENDED,
  EPIPE: ENDED,
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "there is no route to it",
  EADDRNOTAVAIL: "there is no route to it",
  ENOTFOUND: "its name has no address",
};

/** Of this machine rather than of the server, as where it has no IPv6. */
const NO_ROUTE = ["EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"];

/** Why no connection was made, or why it ended. */
export function unreachable(error: unknown): Extract<FailureCause, { kind: "unreachable" }> {
  if (!(error instanceof Error)) return { kind: "unreachable", reason: String(error) };
  if (!("code" in error)) return { kind: "unreachable", reason: error.message };
  const code = String(error.code);
  const reason = `${REASONS[code] ?? "the connection failed"} (${code})`;
  return { kind: "unreachable", reason, ...(NO_ROUTE.includes(code) ? { noRoute: true } : {}) };
}
