import { ask } from "./ask";
import type { AskOptions } from "./asking";
import type { QuestionType } from "./message";
import { normalName } from "./name";
import type { Primary } from "./primary";
import { PrimaryError } from "./primary-error";

/** The serial of the zone as the primary has it now. */
export function serialOf(primary: Primary, zoneName: string, options?: AskOptions): Promise<number> {
  return soaSerial(primary, zoneName, "SOA", options);
}

/** Both a question for the SOA and a transfer begin with it (RFC 5936 section 2.2). */
export async function soaSerial(
  primary: Primary,
  zoneName: string,
  type: QuestionType & ("SOA" | "AXFR"),
  options?: AskOptions,
): Promise<number> {
  const [first] = (await ask(primary, { name: zoneName, type }, options)).records;
  if (first?.type === "SOA" && first.name === normalName(zoneName)) return first.serial;
  // A server of the parent zone answers too, and has no SOA here.
  throw new PrimaryError({ primary, zoneName, type }, { kind: "not-authoritative" });
}
