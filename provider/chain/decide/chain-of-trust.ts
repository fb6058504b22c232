import { type Dnskey, type DsData, isDsOf, strongestOf } from "../../dns/ds";
import type { ChainView } from "../view/chain-view";
import type { Serving } from "../view/serving";

/** Whether one of the DS leads every resolver to a key that signs what is served next (RFC 4035 section 5.2). */
export function hasChain(view: ChainView, next: Serving, ds: readonly DsData[]): boolean {
  return mayHaveChain(view, next, strongestOf(ds));
}

/** Whether one of these leads a resolver there that goes by it. */
function mayHaveChain(view: ChainView, next: Serving, ds: readonly DsData[]): boolean {
  switch (next.signer) {
    case "none":
      return false;
    case "primary": {
      const signers = signersOf(view);
      return (
        signers.length > 0 && signers.every((keys) => keys.some((key) => isNamed(ds, view.zoneName, key)))
      );
    }
    case "cloudflare":
    case "both": {
      const { cloudflareDs } = view;
      return cloudflareDs !== undefined && ds.some((each) => isSameDs(each, cloudflareDs));
    }
  }
}

/**
 * Whether resolvers may hold keys of the present signer as valid by one of the DS: the signatures of another do not go
 * with them. What has not validated is not held, so a signer that the DS does not name can be left at any time.
 */
export function mayBeHeldValid(view: ChainView, now: Serving, ds: readonly DsData[]): boolean {
  switch (now.signer) {
    case "none":
      return false;
    case "cloudflare":
      return mayHaveChain(view, now, ds);
    case "primary": {
      const signers = signersOf(view);
      return signers.length === 0 || signers.flat().some((key) => isNamed(ds, view.zoneName, key));
    }
    case "both":
      // The others that sign serve the zone too, by keys that are not looked at here.
      return true;
  }
}

/** The keys that sign at each server that could be asked: any of them may be transferred from. */
function signersOf({ primaries, secondary }: ChainView): readonly (readonly Dnskey[])[] {
  const views = primaries.map(({ view }) => view);
  const seen = views.some(({ ok }) => ok) ? views : secondary;
  return seen.flatMap((each) => (each.ok ? [each.value.signers] : []));
}

function isNamed(ds: readonly DsData[], zoneName: string, key: Dnskey): boolean {
  return ds.some((each) => isDsOf(each, zoneName, key));
}

/** Cloudflare shows its DS with one digest type; the same key may stand at the parent with another. */
function isSameDs(some: DsData, other: DsData): boolean {
  const isSameKey = some.keyTag === other.keyTag && some.algorithm === other.algorithm;
  return isSameKey && (some.digestType !== other.digestType || some.digest === other.digest);
}
