import { ask } from "./ask";
import type { QueryOptions } from "./asked";
import type { Dnskey } from "./ds";
import { type Result, success } from "./failure";
import type { Primary } from "./primary";
import { asksForNoDs, selectKeys } from "./select-keys";
import { signaturesBegin, signaturesEnded, signedBy } from "./verify-signature";

/** What a zone's primary wants at the parent: a DS of each of these keys, none where nothing signs; or no DS at all. */
export type WantedAtParent =
  | {
      readonly kind: "keys";
      readonly keys: readonly Dnskey[];
      /** When the signatures over the keys ended, or begin, in seconds since 1970, where none is in force. */
      readonly ended?: number | undefined;
      readonly begins?: number | undefined;
    }
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
  const selected = selectKeys({ zoneName, dnskeys, signatures, cds: wanted }, now);
  if (selected.length > 0) return success({ kind: "keys", keys: selected });
  const ended = signaturesEnded(records, "DNSKEY", now);
  return success({ kind: "keys", keys: [], ended, begins: signaturesBegin(records, "DNSKEY", now) });
}
