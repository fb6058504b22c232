import type { Peer, PeerContent } from "../cloudflare/peers";
import { canonicalAddress } from "../core/address";
import { type CreatePlan, planCreate } from "./create-plan";

export interface WantedPeer {
  readonly accountId: string;
  readonly content: PeerContent;
  readonly adopt: boolean;
}

/**
 * What creating means, given what the account holds that no other resource of this run owns. A peer has
 * nothing that tells whose it is, and several zones may share one. One with a name alone is of no use to
 * anybody: a run left it that was killed between the two calls of a create.
 */
export function planPeer(
  existing: readonly Peer[],
  { accountId, content, adopt }: WantedPeer,
): CreatePlan<Peer> {
  const namesakes = existing.filter(({ name }) => name === content.name);
  const exact = namesakes.filter((peer) => isEqual(peer, content));
  // Beside one that is complete, what is half-made belongs to another resource of this name.
  const ours = exact.length === 0 ? namesakes.filter(isBare) : [];
  return planCreate({
    what: `peer "${content.name}" in account ${accountId}`,
    namesakes,
    exact,
    ours,
    adopt,
  });
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
