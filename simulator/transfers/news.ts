import { isNewer } from "../dns/serial";
import type { Switches } from "../switches";
import type { Trigger } from "./transfers";

/**
 * What a secondary that serves one serial makes of a zone with another (RFC 1982, RFC 5936 section 2): an
 * equal one it has already, and an older one it never takes. Only a forced transfer takes an equal one again.
 */
export function newsIn(
  serial: number,
  served: number | undefined,
  trigger: Trigger,
  { forcedTransferOfSameSerial }: Switches,
): "new" | "unchanged" | "old" {
  if (served === undefined || isNewer(serial, served)) return "new";
  if (serial !== served) return "old";
  return trigger === "force_axfr" && forcedTransferOfSameSerial === "transfer" ? "new" : "unchanged";
}
