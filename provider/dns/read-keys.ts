import { ask } from "./ask";
import type { QueryOptions } from "./asked";
import type { Dnskey } from "./ds";
import { type Result, success } from "./failure";
import type { Primary } from "./primary";
import type { ResourceRecord } from "./resource-record";
import { asksForNoDs, selectKeys } from "./select-keys";

/** What a zone's primary wants at the parent: a DS of each of these keys, none where nothing signs; or no DS at all. */
export type WantedAtParent =
  | { readonly kind: "keys"; readonly keys: readonly Dnskey[] }
  | { readonly kind: "no DS" };

/** Asks a primary which keys of a zone the parent should have a DS of. */
export async function readKeys(
  primary: Primary,
  zoneName: string,
  options?: QueryOptions,
): Promise<Result<WantedAtParent>> {
  const keys = await ask(primary, { name: zoneName, type: "DNSKEY", dnssecOk: true }, options);
  if (!keys.ok) return keys;
  const cds = await ask(primary, { name: zoneName, type: "CDS" }, options);
  if (!cds.ok) return cds;
  const wanted = cds.value.records.flatMap((record: ResourceRecord) =>
    record.type === "CDS" ? [record.ds] : [],
  );
  if (asksForNoDs(wanted)) return success({ kind: "no DS" });
  const { records } = keys.value;
  const set = {
    zoneName,
    dnskeys: records.flatMap((record) => (record.type === "DNSKEY" ? [record.dnskey] : [])),
    signatures: records.flatMap((record) => (record.type === "RRSIG" ? [record.signature] : [])),
    cds: wanted,
  };
  return success({ kind: "keys", keys: selectKeys(set, options?.now?.() ?? Date.now()) });
}
