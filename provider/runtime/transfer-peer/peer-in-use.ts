import type { ChainAccess } from "../../chain/run/access";
import { isInUse } from "../../cloudflare/in-use";
import { getIncoming } from "../../cloudflare/incoming";
import { findZones } from "../../cloudflare/zones";
import { withNote } from "../../core/call-errors";

export interface PeerInUse {
  readonly accountId: string;
  readonly peerId: string;
  /** A zone that is transferred from it, as far as the state names one. */
  readonly probeZone: string | undefined;
}

/** The same error; of a peer that a zone is linked to, with that zone and the ways out. */
export async function withZoneInUse(access: ChainAccess, error: unknown, peer: PeerInUse): Promise<unknown> {
  if (!isInUse(error)) return error;
  // The refusal is what has to be told, whatever becomes of this look.
  const zone = await linkedZone(access, peer).catch(() => undefined);
  return withNote(error, waysOut(zone));
}

async function linkedZone(
  { cloudflare }: ChainAccess,
  { accountId, peerId, probeZone }: PeerInUse,
): Promise<string | undefined> {
  if (probeZone === undefined) return undefined;
  const zone = (await findZones(cloudflare, probeZone)).find(({ account }) => account?.id === accountId);
  if (zone === undefined) return undefined;
  const incoming = await getIncoming(cloudflare, zone.id);
  return incoming?.peers.includes(peerId) ? `${probeZone} (zone ${zone.id})` : undefined;
}

function waysOut(zone: string | undefined): string {
  return [
    `${zone ?? "A zone"} is still transferred from this peer.`,
    'If a run was stopped while it waited for that transfer, the state lacks it: run "pulumi up" with the zone in the program, which takes the transfer over, then "pulumi destroy".',
    "If another stack has the zone, take the peer out of it there.",
    "Otherwise delete the zone's incoming transfer in Cloudflare's dashboard.",
  ].join("\n  ");
}
