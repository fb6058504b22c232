import { type Dnskey, isSameKey } from "../../dns/ds";
import type { Primary } from "../../dns/primary";
import type { ChainView } from "../view/chain-view";
import type { ZoneView } from "../view/zone-view";

/** Whether it is known what was at the parent before, as far as resolvers may hold it. */
export type Past = "remembered" | "unknown";

/**
 * The primaries whose signatures do not go with the keys that are served now, or whose keys not with the signatures:
 * resolvers hold both for a while. From one signer to another each has the other's key first (RFC 6781 section 4.3.5).
 * Where the past is not known, a resolver may also hold a DS of any key that is a way into the zone now.
 */
export function strangersIn(
  { primaries, secondary }: Pick<ChainView, "primaries" | "secondary">,
  past: Past,
): readonly Primary[] {
  const served = secondary.flatMap((seen) => (seen.ok && seen.value.isSigned ? [seen.value] : []));
  return primaries.flatMap(({ primary, view: seen }) => {
    if (!seen.ok || !seen.value.isSigned) return [];
    const { value: next } = seen;
    const isKnown = served.every(
      (now) =>
        isSignedWith(now.dnskeys, next) &&
        isSignedWith(next.dnskeys, now) &&
        (past === "remembered" || now.signers.every((key) => isAmong(next.signers, key))),
    );
    return isKnown ? [] : [primary];
  });
}

/** Whether one of these keys signs what is in the zone. */
function isSignedWith(keys: readonly Dnskey[], { zoneSigners }: ZoneView): boolean {
  return zoneSigners.some((signer) => isAmong(keys, signer));
}

function isAmong(keys: readonly Dnskey[], key: Dnskey): boolean {
  return keys.some((each) => isSameKey(each, key));
}
