import type { AskOptions } from "./asking";
import { troubleOf } from "./judge";
import type { Primary } from "./primary";
import { PrimaryError } from "./primary-error";
import { put } from "./put";
import type { PrimaryTrouble } from "./trouble";

/** Troubles that are the zone's, not the key's. */
const OF_THE_ZONE: readonly PrimaryTrouble["kind"][] = ["not-authoritative", "failed"];

/**
 * Whether a server takes the TSIG key, when no zone of it is known. Throws a `PrimaryError` for a fault of
 * the key or the connection. "unsure": the server did not look at it. Knot never does outside of its zones.
 */
export async function tryKey(primary: Primary, options: AskOptions = {}): Promise<"taken" | "unsure"> {
  const asked = { primary, type: "SOA" } as const;
  const { message, verdict } = await put(asked, { name: ".", type: "SOA" }, options);
  if (verdict?.kind === "verified") return "taken";
  const trouble = troubleOf(message, verdict, "SOA");
  if (trouble === undefined || OF_THE_ZONE.includes(trouble.kind)) return "unsure";
  throw new PrimaryError(asked, trouble);
}
