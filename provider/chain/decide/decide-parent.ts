import type { DsData } from "../../dns/ds";
import type { Primary } from "../../dns/primary";
import type { ChainView } from "../view/chain-view";
import { heldUntil } from "../view/outlived";
import { type Delegation, setsOf } from "../view/parent-view";
import { comingSet } from "../view/registered-ds";
import type { Serving } from "../view/serving";
import { hasChain, mayBeHeldValid } from "./chain-of-trust";
import type { Caution, Decision, Harm } from "./decision";

/**
 * Whether what is served next validates by each DS that is at the parent or in some resolver. `strangers`: the primaries
 * whose keys are others than those that are served now.
 */
export function decideParent(
  view: ChainView,
  now: Serving,
  next: Serving,
  strangers: readonly Primary[],
): Decision {
  const { parent, held, registered } = view;
  const isAnother = now.signer !== "none" && now.signer !== next.signer;
  if (parent.kind === "unknown") {
    const { why } = parent;
    if (isAnother || strangers.length > 0) return { harms: [{ kind: "parent unknown", why }], cautions: [] };
    return { harms: [], cautions: next.signer === "none" ? [] : [{ kind: "parent not asked", why }] };
  }
  if (registered.kind === "unknown" && isAnother)
    return { harms: [{ kind: "registrar unknown", why: registered.why }], cautions: [] };
  const shown = setsOf(parent);
  const present = shown.map((set) => ({ ...set, keyTtl: view.keyTtl, until: undefined }));
  const sets = [...present, ...held].filter(({ ds }) => ds.length > 0);
  const isAtOdds = (ds: readonly DsData[]) =>
    !hasChain(view, next, ds) || (isAnother && mayBeHeldValid(view, now, ds));
  const byDs = sets
    .filter(({ ds }) => isAtOdds(ds))
    .map(({ ds, ttl, keyTtl, until }): Harm => ({ kind: "ds", ds, ttl, keyTtl, heldUntil: until }));
  const byComing = shown
    .map(({ ds }) => comingSet(ds, registered))
    .filter((ds) => ds.length > 0 && isAtOdds(ds))
    .map((ds): Harm => ({ kind: "ds on its way", ds }));
  const byKeys =
    sets.length > 0
      ? strangers.map((primary): Harm => ({ kind: "other keys", primary, isSecure: true }))
      : [];
  const isHearsay = parent.source === "resolver" && (now.signer !== "none" || next.signer !== "none");
  const hearsay: Caution[] = isHearsay ? [{ kind: "parent by resolver" }] : [];
  return whereDelegated(view, { harms: [...byDs, ...byComing, ...byKeys], cautions: hearsay });
}

/**
 * Harm is done where resolvers ask Cloudflare; of a zone that is not delegated there yet it is only told. That takes the
 * word of the parent's own servers: a resolver holds a delegation for its TTL, often two days, after it has changed.
 */
export function whereDelegated(view: ChainView, decision: Decision): Decision {
  const { nameServers, delegations, parent } = view;
  if (parent.kind === "unknown") return decision;
  const { delegation, source } = parent;
  const isOurs = ({ hosts }: Pick<Delegation, "hosts">) =>
    hosts.some((host) => nameServers.some((own) => isSameHost(own, host)));
  if (delegation === undefined || nameServers.length === 0 || isOurs(delegation)) return decision;
  const { harms } = decision;
  const { hosts } = delegation;
  if (source === "resolver") {
    const hearsay: Caution = { kind: "delegation by resolver", delegation: hosts };
    return harms.length === 0 ? decision : { harms, cautions: [...decision.cautions, hearsay] };
  }
  const ends = delegations.filter(isOurs).map((each) => heldUntil(each) ?? 0);
  if (ends.length === 0)
    return { harms: [], cautions: harms.map((harm) => ({ kind: "not delegated", harm, delegation: hosts })) };
  const until = Math.max(...ends);
  return {
    harms: harms.map((harm) => ({ kind: "delegation held", harm, delegation: hosts, until })),
    cautions: [],
  };
}

function isSameHost(some: string, other: string): boolean {
  return some.toLowerCase().replace(/\.$/, "") === other.toLowerCase().replace(/\.$/, "");
}
