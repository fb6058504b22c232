import { foreignText } from "../../core/foreign-text";
import type { DsData } from "../../dns/ds";
import { rdataOf } from "../../dns/ds-text";
import { retiredAlgorithm } from "../../dns/retired-algorithm";
import type { DomainDnssec, Gate, ListedDs } from "../../hostup/ds-records";

export interface WantedDs {
  readonly ds: DsData;
  /** The domain in messages. */
  readonly domain: string;
  /** Whether a record that is there already becomes the resource's. */
  readonly takesOver: boolean;
}

export type DsPlan =
  | { readonly kind: "add" }
  | { readonly kind: "take"; readonly record: ListedDs }
  | { readonly kind: "refuse"; readonly reason: string }
  /** Nobody may add a record now, or this key may not. */
  | { readonly kind: "closed"; readonly gate: Gate };

/** What publishing a DS means, given what the registry has of the domain. */
export function planDs({ recordType, records, canAdd }: DomainDnssec, wanted: WantedDs): DsPlan {
  const { ds, domain, takesOver } = wanted;
  if (recordType === "KEY") return { kind: "refuse", reason: takesKeys(domain) };
  const existing = recordOf(records, ds);
  if (existing !== undefined) {
    return takesOver
      ? { kind: "take", record: existing }
      : { kind: "refuse", reason: existsAlready(ds, domain) };
  }
  const retired = retiredAlgorithm(ds.algorithm);
  if (retired !== undefined) return { kind: "refuse", reason: mayNotBeCreated(ds, domain, retired) };
  return canAdd?.allowed === false ? { kind: "closed", gate: canAdd } : { kind: "add" };
}

/** One of the rows with this content: HostUp may list it more than once. One with an id, if there is one. */
export function recordOf(records: readonly ListedDs[], ds: DsData): ListedDs | undefined {
  const rows = rowsOf(records, ds);
  return rows.find(({ recordId }) => recordId !== undefined) ?? rows[0];
}

export function rowsOf(records: readonly ListedDs[], ds: DsData): ListedDs[] {
  return records.filter((record) => rdataOf(record.ds) === rdataOf(ds));
}

/** Why nothing can be added while the gate is closed, in HostUp's words. */
export function closedGate(ds: DsData, domain: string, { reason, code }: Gate, mayWrite: boolean): string {
  const words = reason ? `"${foreignText(reason)}"` : "no reason given";
  const said = code ? `${words} (${foreignText(code, 100)})` : words;
  return mayWrite
    ? `HostUp does not allow adding DS ${rdataOf(ds)} to domain ${domain} at the moment: ${said}.\nNext: resolve this at HostUp, then run the command again.`
    : `The API key can read domain ${domain} at HostUp but not change it, so DS ${rdataOf(ds)} was not added: ${said}.\nNext: give the API key the scopes "read:domains write:domains".`;
}

function takesKeys(domain: string): string {
  return `The registry of domain ${domain} does not accept DS records: HostUp gives it the zone's public key ("recordType": "KEY"), and it makes the DS itself.\nNext: enter the zone's DNSKEY at HostUp, and remove the HostupDsRecord from the program.`;
}

function mayNotBeCreated(ds: DsData, domain: string, algorithm: string): string {
  return `Did not add DS ${rdataOf(ds)} to domain ${domain}: no DS of algorithm ${ds.algorithm} (${algorithm}) may be created any more (RFC 8624 section 3.1, RFC 9905), and resolvers treat a zone that has no other as unsigned.\nNext: roll the zone's keys to algorithm 13 (ECDSAP256SHA256) where it is signed (RFC 6781 section 4.1.4), and publish the DS of the new one.`;
}

/** Nothing at HostUp tells whose a record is, and destroy would withdraw somebody else's. */
function existsAlready(ds: DsData, domain: string): string {
  return `Did not add DS ${rdataOf(ds)} to domain ${domain}: it is already published, by an interrupted run, by somebody else or by HostUp's automatic DNSSEC.\nNext: if the resource was renamed in the program, give it the old name as an alias; otherwise set adopt to true to take it over (destroy will then withdraw it).`;
}
