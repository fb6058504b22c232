import type { DnsFailure } from "../../dns/failure";

/** Whether somebody has to change something at the server: silence may end by itself, and `refused` may be for this machine's address alone. */
export function needsWork({ cause: { kind } }: DnsFailure): boolean {
  return kind !== "silent" && kind !== "refused";
}
