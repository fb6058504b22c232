import { parseZoneName } from "../../servers/zone-name";
import type { Problem } from "./problem";

/** Of one that is not known yet, nothing can be said: it is looked at when it is. */
export function zoneNameProblems(zoneName: unknown): Problem[] {
  // A missing one is told with the other missing arguments; Outputs and promises are objects.
  if (zoneName === undefined || typeof zoneName === "object") return [];
  const parsed = parseZoneName(zoneName);
  return "problems" in parsed ? [...parsed.problems] : [];
}
