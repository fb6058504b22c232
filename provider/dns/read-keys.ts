import { ask } from "./ask";
import type { QueryOptions } from "./asked";
import type { Dnskey } from "./ds";
import { type Result, success } from "./failure";
import type { Primary } from "./primary";
import { asksForNoDs, selectKeys } from "./select-keys";
import { signedBy } from "./verify-signature";

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
  const cds = await ask(primary, { name: zoneName, type: "CDS", dnssecOk: true }, options);
  if (!cds.ok) return cds;
  const now = options?.now?.() ?? Date.now();
  const { records } = keys.value;
  const dnskeys = records.flatMap((record) => (record.type === "DNSKEY" ? [record.dnskey] : []));
  // What no key of the zone has signed does not speak for it (RFC 7344 section 4.1).
  const isSigned = signedBy(cds.value, cds.value.records, "CDS", dnskeys, now).keys.length > 0;
  const wanted = cds.value.records.flatMap((record) =>
    record.type === "CDS" && isSigned ? [record.ds] : [],
  );
  if (asksForNoDs(wanted)) return success({ kind: "no DS" });
  const signatures = records.flatMap((record) => (record.type === "RRSIG" ? [record.signature] : []));
  return success({ kind: "keys", keys: selectKeys({ zoneName, dnskeys, signatures, cds: wanted }, now) });
}
