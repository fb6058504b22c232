import type { AskOptions } from "./asking";
import type { Primary } from "./primary";
import { PrimaryError } from "./primary-error";
import { serialOf, soaSerial } from "./serial";
import type { PrimaryTrouble } from "./trouble";

/**
 * Whether the primary would transfer the zone: asks for it, verifies the first message and hangs up.
 * Throws a `PrimaryError` if not.
 */
export async function tryTransfer(
  primary: Primary,
  zoneName: string,
  options?: AskOptions,
): Promise<{ readonly serial: number }> {
  try {
    return { serial: await soaSerial(primary, zoneName, "AXFR", options) };
  } catch (error) {
    const kind = troubleIn(error)?.kind;
    if (kind !== "refused" && kind !== "no-key") throw error;
    // Knot and PowerDNS say the same NOTAUTH for a zone they do not have, and PowerDNS for any fault of
    // the key. About the SOA they say more: if it has a trouble, that is the cause.
    const cause = await serialOf(primary, zoneName, options).then(() => undefined, troubleIn);
    throw cause === undefined ? error : new PrimaryError({ primary, zoneName, type: "AXFR" }, cause);
  }
}

function troubleIn(error: unknown): PrimaryTrouble | undefined {
  return error instanceof PrimaryError ? error.data.trouble : undefined;
}
