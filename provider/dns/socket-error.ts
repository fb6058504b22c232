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

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!("code" in error)) return error.message;
  const code = String(error.code);
  return `${REASONS[code] ?? "the connection failed"} (${code})`;
}
