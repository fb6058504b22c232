import type { Peer, PeerContent } from "../../cloudflare/peers";
import { canonicalAddress } from "../../dns/address";
import { type CreatePlan, planCreate, type Surroundings } from "../adoption-plan";
import { isMarkedFor } from "./mark";

export interface WantedPeer extends Surroundings<Peer> {
  readonly accountId: string;
  readonly content: PeerContent;
  /** The resource in its project and stack. */
  readonly owner?: string | undefined;
}

/**
 * What creating means, given what the account holds that no other resource has made in this run. What a run leaves
 * that was killed between the two calls of a create tells by its name whose it is. A complete peer does not, and
 * several zones may share one. One with a name alone is what an older release left; it counts where none is complete.
 */
export function planPeer(existing: readonly Peer[], wanted: WantedPeer): CreatePlan<Peer> {
  const { accountId, content, owner, ...surroundings } = wanted;
  const ours = existing.find(({ name }) => isMarkedFor({ owner, accountId }, name));
  if (ours !== undefined) return { kind: "take", item: ours };
  const namesakes = existing.filter(({ name }) => name === content.name);
  const equal = namesakes.filter((peer) => isEqual(peer, content));
  // Of bare ones each is as good as the other.
  const exact = equal.length > 0 ? equal : namesakes.filter(isBare).slice(0, 1);
  const what = `peer "${content.name}" in account ${accountId}`;
  // Nor is one of other content adopted: zones may be transferred by it.
  return planCreate({ ...surroundings, what, namesakes: exact, exact, isOurs: false });
}

/** Whether a peer has a name and nothing else. */
export function isBare({ ip, tsig_id }: Peer): boolean {
  return !ip && !tsig_id;
}

export function isEqual(peer: Peer, wanted: PeerContent): boolean {
  const { name, ip, port, ixfr_enable, tsig_id } = peer;
  return (
    name === wanted.name &&
    canonicalAddress(ip ?? "") === wanted.ip &&
    (port || 53) === wanted.port &&
    (ixfr_enable ?? false) === wanted.ixfr_enable &&
    (tsig_id ?? "") === wanted.tsig_id
  );
}
