import { signsForDs } from "../../provider/chain/guard/signs-for-ds";
import { hasDs, isSameSet, setsOf } from "../../provider/chain/view/parent-view";
import type { DsData } from "../../provider/dns/ds";
import { asksForNoDs } from "../../provider/dns/select-keys";
import { type Found, warning } from "./finding";
import type { AskedPrimary, Seen } from "./seen";
import { servingBy } from "./serving";

/** What a registry that reads CDS would make of the DS (RFC 7344, RFC 8078). */
export function judgeCds(seen: Seen, { name, view }: AskedPrimary): Found[] {
  const { zoneName, chain, nameServers, dnssec } = seen;
  const { signer } = servingBy(dnssec);
  const { cds, isSigned } = view;
  if ((signer !== "primary" && signer !== "both") || !isSigned || cds.length === 0) return [];
  if (asksForNoDs(cds)) return hasDs(chain.parent) ? [deletes(zoneName, name)] : [];
  const sets = chain.parent.kind === "seen" ? setsOf(chain.parent).map(({ ds }) => ds) : [];
  if (sets.length > 0 && sets.every((ds) => isSameSet(ds, cds))) return [];
  // Where two sign, what Cloudflare signs validates by the DS of its own key, which is not looked for here.
  const served = signer === "both" ? [] : nameServers;
  const atCloudflare = served.flatMap((each) =>
    each.view.ok && each.view.value.isSigned
      ? [{ where: `at ${each.server.name}`, view: each.view.value }]
      : [],
  );
  const bogus = [{ where: "there", view }, ...atCloudflare].find(
    (each) => !signsForDs(each.view, zoneName, cds),
  );
  return bogus === undefined ? [] : [foreign(zoneName, name, cds, bogus.where)];
}

function deletes(zoneName: string, name: string): Found {
  return warning(
    "cds-deletes",
    `${name} signs ${zoneName} and publishes the CDS 0 0 0 00 (RFC 8078): a registry that reads it removes the DS, and then nobody validates the zone.`,
    "unless the zone is to become unsigned, remove that CDS there.",
  );
}

function foreign(zoneName: string, name: string, cds: readonly DsData[], where: string): Found {
  const tags = [...new Set(cds.map(({ keyTag }) => String(keyTag)))];
  return warning(
    "cds-foreign",
    `${name} publishes a CDS of key ${tags.join(" and ")} for ${zoneName}, but what is served ${where} does not validate with it: a registry that reads CDS would publish it as the DS.`,
    "have it publish the CDS of a key that signs, both there and at Cloudflare, or none until there is one.",
  );
}
