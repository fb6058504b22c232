import { parseSecondary } from "../../servers/secondary-addresses";
import { type Problem, strayFields } from "./problem";

const FIELDS = ["transferFrom", "notify"];

/** They end up in a server's configuration, so nothing else may. */
export function addressesProblems(addresses: unknown): Problem[] {
  if (addresses === undefined) return [];
  const parsed = parseSecondary(addresses);
  return [
    ...strayFields(addresses, "cloudflareAddresses", FIELDS),
    ...("problems" in parsed ? parsed.problems : []),
  ];
}
