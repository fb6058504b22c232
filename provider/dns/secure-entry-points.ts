import type { AnswerRecord } from "./answer-record";
import { ask } from "./ask";
import type { AskOptions } from "./asking";
import type { Dnskey } from "./ds";
import { asksForNoDs, entryPoints } from "./entry-points";
import type { Primary } from "./primary";

/** What a zone's primary wants at the parent: a DS of each of these keys, none where nothing signs; or no DS at all. */
export type EntryPoints =
  | { readonly kind: "keys"; readonly keys: readonly Dnskey[] }
  | { readonly kind: "no DS" };

/** Asks a primary which keys of a zone the parent should have a DS of. */
export async function secureEntryPoints(
  primary: Primary,
  zoneName: string,
  options?: AskOptions,
): Promise<EntryPoints> {
  const keys = await ask(primary, { name: zoneName, type: "DNSKEY", dnssecOk: true }, options);
  const cds = await ask(primary, { name: zoneName, type: "CDS" }, options);
  const wanted = cds.records.flatMap((record: AnswerRecord) => (record.type === "CDS" ? [record.cds] : []));
  if (asksForNoDs(wanted)) return { kind: "no DS" };
  const set = {
    zoneName,
    dnskeys: keys.records.flatMap((record) => (record.type === "DNSKEY" ? [record.dnskey] : [])),
    signatures: keys.records.flatMap((record) => (record.type === "RRSIG" ? [record.signature] : [])),
    cds: wanted,
  };
  return { kind: "keys", keys: entryPoints(set, options?.now?.() ?? Date.now()) };
}
