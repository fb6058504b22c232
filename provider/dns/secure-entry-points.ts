import type { AnswerRecord } from "./answer-record";
import { ask } from "./ask";
import type { AskOptions } from "./asking";
import type { Dnskey } from "./ds";
import { entryPoints } from "./entry-points";
import type { Primary } from "./primary";

/** Asks a primary which keys of a zone the parent should have a DS of; none if it is not signed. */
export async function secureEntryPoints(
  primary: Primary,
  zoneName: string,
  options?: AskOptions,
): Promise<readonly Dnskey[]> {
  const keys = await ask(primary, { name: zoneName, type: "DNSKEY", dnssecOk: true }, options);
  const cds = await ask(primary, { name: zoneName, type: "CDS" }, options);
  return entryPoints({
    zoneName,
    dnskeys: keys.records.flatMap((record) => (record.type === "DNSKEY" ? [record.dnskey] : [])),
    signatures: keys.records.flatMap((record) => (record.type === "RRSIG" ? [record.signature] : [])),
    cds: cds.records.flatMap((record: AnswerRecord) => (record.type === "CDS" ? [record.cds] : [])),
  });
}
