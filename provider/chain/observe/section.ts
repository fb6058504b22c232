import type { QueryOptions } from "../../dns/asked";
import { failureOf } from "../../dns/classify-response";
import { failed, type Result } from "../../dns/failure";
import type { QuestionType } from "../../dns/message";
import type { Primary } from "../../dns/primary";
import { query, reading } from "../../dns/query";
import { type ResourceRecord, recordsOf } from "../../dns/resource-record";

/** What stands in the answer section, and the message that names in it may point back into. */
export interface Section {
  readonly wire: Buffer;
  readonly records: readonly ResourceRecord[];
}

/** Asks a server for a set at the apex of its zone, with the signatures. */
export async function sectionOf(
  primary: Primary,
  zoneName: string,
  type: QuestionType,
  options: QueryOptions,
): Promise<Result<Section>> {
  const asked = { primary, zoneName, type };
  const response = await query(asked, { name: zoneName, type, dnssecOk: true }, options);
  if (!response.ok) return response;
  const { message, verdict } = response.value;
  const cause = failureOf(message, verdict, type);
  if (cause !== undefined) return failed(asked, cause);
  return reading(asked, () => ({ wire: message.wire, records: recordsOf(message, message.answers) }));
}
