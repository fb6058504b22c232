import { ask } from "./ask";
import type { QueryOptions } from "./asked";
import { failed, type Result, success } from "./failure";
import type { QuestionType } from "./message";
import { normalName } from "./name";
import type { Primary } from "./primary";

/** The serial of the zone as the primary has it now. */
export function serialOf(
  primary: Primary,
  zoneName: string,
  options?: QueryOptions,
): Promise<Result<number>> {
  return soaSerial(primary, zoneName, "SOA", options);
}

/** Both a question for the SOA and a transfer begin with it (RFC 5936 section 2.2). */
export async function soaSerial(
  primary: Primary,
  zoneName: string,
  type: QuestionType & ("SOA" | "AXFR"),
  options?: QueryOptions,
): Promise<Result<number>> {
  const answer = await ask(primary, { name: zoneName, type }, options);
  if (!answer.ok) return answer;
  const [first] = answer.value.records;
  if (first?.type === "SOA" && first.name === normalName(zoneName)) return success(first.serial);
  // A server of the parent zone answers too, and has no SOA here.
  return failed({ primary, zoneName, type }, { kind: "not-authoritative" });
}
