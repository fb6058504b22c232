import type { QueryOptions } from "./asked";
import { failureOf } from "./classify-response";
import { type FailureCause, failed, type Result, success } from "./failure";
import type { Primary } from "./primary";
import { query } from "./query";

/** Failures that are the zone's, not the key's. */
const OF_THE_ZONE: readonly FailureCause["kind"][] = ["not-authoritative", "failed"];

/**
 * Whether a server accepts the TSIG key, when no zone of it is known. "unsure": the server did not look at it.
 * Knot never does outside of its zones.
 */
export async function probeKey(
  primary: Primary,
  options: QueryOptions = {},
): Promise<Result<"accepted" | "unsure">> {
  const asked = { primary, type: "SOA" } as const;
  const response = await query(asked, { name: ".", type: "SOA" }, options);
  if (!response.ok) return response;
  const { message, verdict } = response.value;
  if (verdict?.kind === "verified") return success("accepted");
  const cause = failureOf(message, verdict, "SOA");
  if (cause === undefined || OF_THE_ZONE.includes(cause.kind)) return success("unsure");
  return failed(asked, cause);
}
