import { type DsData, dsOf, formatDs, isDsOf } from "../../provider/dns/ds";
import { retiredAlgorithm } from "../../provider/dns/retired-algorithm";
import { type Found, warning } from "./finding";
import type { Seen } from "./seen";
import { signersOf } from "./signers";

const SHA1 = 1;
/** A DS that leads to a key, and that not every resolver goes by. */
export function judgeWeakDs(seen: Seen, ds: readonly DsData[]): Found[] {
  return [...digestFindings(seen, ds), ...algorithmFindings(seen, ds), ...unsignedAlgorithms(seen, ds)];
}

function digestFindings(seen: Seen, ds: readonly DsData[]): Found[] {
  const { zoneName } = seen;
  if (ds.length === 0 || ds.some(({ digestType }) => digestType !== SHA1)) return [];
  const keys = signersOf(seen).flatMap(({ trusted }) => trusted);
  const better = keys
    .filter((key) => ds.some((each) => isDsOf(each, zoneName, key)))
    .map((key) => `  ${formatDs(zoneName, dsOf(zoneName, key, 2))}`);
  return [
    warning(
      "ds-weak",
      `The DS of ${zoneName} at the parent uses only SHA-1 (digest type 1), which must no longer be published (RFC 8624 section 3.3): resolvers may treat the zone as unsigned.`,
      `add the DS of the same key by SHA-256 (digest type 2) at the registrar${better.length > 0 ? ":" : "."}`,
      ...new Set(better),
    ),
  ];
}

function algorithmFindings({ zoneName }: Seen, ds: readonly DsData[]): Found[] {
  const named = [...new Set(ds.map(({ algorithm }) => algorithm))].flatMap((number) => {
    const name = retiredAlgorithm(number);
    return name === undefined ? [] : [`${number} (${name})`];
  });
  if (named.length === 0) return [];
  return [
    warning(
      "ds-weak",
      `The DS of ${zoneName} at the parent has algorithm ${named.join(" and ")}, which must no longer be used for signing (RFC 8624 section 3.1, RFC 9905): resolvers may treat the zone as unsigned.`,
      "roll the zone's keys to algorithm 13 (ECDSAP256SHA256) where it is signed (RFC 6781 section 4.1.4).",
    ),
  ];
}

/** A resolver may insist that each algorithm of the DS set signs the zone, as Unbound does with harden-algo-downgrade. */
function unsignedAlgorithms({ zoneName, nameServers }: Seen, ds: readonly DsData[]): Found[] {
  const served = nameServers.flatMap(({ view }) => (view.ok && view.value.isSigned ? [view.value] : []));
  const missing = [...new Set(ds.map(({ algorithm }) => algorithm))].filter((algorithm) =>
    served.some((view) => !view.zoneSigners.some((key) => key.algorithm === algorithm)),
  );
  if (missing.length === 0) return [];
  return [
    warning(
      "ds-algorithm-unsigned",
      `The parent has a DS of ${zoneName} with algorithm ${missing.join(" and ")}, but the served zone is not signed with that algorithm: resolvers that insist on RFC 4035 section 2.2 answer SERVFAIL.`,
      "remove that DS at the registrar if another one is there that fits, or sign the whole zone by that algorithm too.",
    ),
  ];
}
