import type { QueryOptions } from "./asked";
import { failed, type Result, success } from "./failure";
import type { Primary } from "./primary";
import { serialOf, soaSerial } from "./serial";

/** Whether the primary would transfer the zone: asks for it, verifies the first message and hangs up. */
export async function probeTransfer(
  primary: Primary,
  zoneName: string,
  options?: QueryOptions,
): Promise<Result<{ readonly serial: number }>> {
  const transfer = await soaSerial(primary, zoneName, "AXFR", options);
  if (transfer.ok) return success({ serial: transfer.value });
  const { kind } = transfer.failure.cause;
  if (kind !== "refused" && kind !== "no-key") return transfer;
  // Knot and PowerDNS say the same NOTAUTH for a zone they do not have, and PowerDNS for any fault of
  // the key. About the SOA they say more: if that fails too, its cause is the cause.
  const soa = await serialOf(primary, zoneName, options);
  return soa.ok ? transfer : failed({ primary, zoneName, type: "AXFR" }, soa.failure.cause);
}
