import { type Dnskey, type DsData, isDsOf, isSameKey } from "../../provider/dns/ds";
import { asksForNoDs, entryPoints } from "../../provider/dns/select-keys";
import type { Seen } from "./seen";
import { servingBy } from "./serving";
import type { SignersAt } from "./signers";

/** Which keys the parent should have a DS of, by what signs now. */
export type WantedDs =
  | { readonly kind: "keys"; readonly keys: readonly Dnskey[] }
  /** What Cloudflare serves and what its primaries have are signed by different keys: which of them stay is open. */
  | { readonly kind: "no common key" }
  /** The zone says itself that it wants none (RFC 8078 section 4). */
  | { readonly kind: "no DS" };

export function wantedDs(seen: Seen, signers: readonly SignersAt[]): WantedDs {
  const { signer } = servingBy(seen.dnssec);
  const published = cdsOf(seen);
  if (asksForNoDs(published)) return { kind: "no DS" };
  const [first = [], ...others] = signers.map(({ trusted }) => trusted);
  // Where two sign, each needs the DS of its own key.
  const keys =
    signer === "both" ? eachOnce([first, ...others].flat()) : first.filter((key) => isInAll(others, key));
  if (keys.length === 0) return { kind: "no common key" };
  const named = keys.filter((key) => published.some((each) => isDsOf(each, seen.zoneName, key)));
  if (named.length > 0 && signer !== "both") return { kind: "keys", keys: named };
  return { kind: "keys", keys: entryPoints(keys) };
}

/** What whoever signs publishes; of more than one the first counts. */
function cdsOf({ chain, nameServers, dnssec }: Seen): readonly DsData[] {
  const views = servingBy(dnssec).signer === "cloudflare" ? nameServers : chain.primaries;
  const [first = []] = views.flatMap(({ view }) => (view.ok ? [view.value.cds] : []));
  return first;
}

function eachOnce(keys: readonly Dnskey[]): readonly Dnskey[] {
  return keys.filter((key, at) => !isInAll([keys.slice(0, at)], key));
}

function isInAll(sets: readonly (readonly Dnskey[])[], key: Dnskey): boolean {
  return sets.every((keys) => keys.some((each) => isSameKey(each, key)));
}
