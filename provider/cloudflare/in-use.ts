import { ApiError } from "../core/errors";

/** No document says how Cloudflare words it. */
export const IN_USE = /\b(linked|in use|used by|referenced|associated|attached)\b/i;

/** Whether the error is a refusal to delete something that another object uses. */
export function isInUse(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  const { method, problems } = error.data;
  return method === "DELETE" && problems.some(({ message }) => IN_USE.test(message));
}
