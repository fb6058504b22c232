import { z } from "zod";
import type { CloudflareClient } from "../../cloudflare/client";
import { getRecentIncoming } from "../../cloudflare/incoming";
import { accountPeers } from "../../cloudflare/peers";
import type { TsigKey } from "../../cloudflare/tsigs";

const oneOfSeveral = z.object({ zoneId: z.string(), hasSeveralKeys: z.literal(true) });

/**
 * Why one of a zone's several keys is not made: the zone is transferred with another of this name, and a primary holds
 * one secret under a name, so no peer could ever move to it. `undefined`: nothing is in its way.
 */
export async function refusalOfSecond(
  client: CloudflareClient,
  accountId: string,
  namesakes: readonly TsigKey[],
  claimed: unknown,
): Promise<string | undefined> {
  const zone = oneOfSeveral.safeParse(claimed).data;
  if (zone === undefined || namesakes.length === 0) return undefined;
  const [incoming, peers] = await Promise.all([
    getRecentIncoming(client, zone.zoneId),
    accountPeers.listShared(client, accountId),
  ]);
  const used = peers.filter(({ id }) => incoming?.peers.includes(id)).map(({ tsig_id }) => tsig_id);
  const [standing] = namesakes.filter(({ id }) => used.includes(id));
  if (standing === undefined) return undefined;
  const { id, name } = standing;
  return `Did not create a second TSIG "${name}": the zone is transferred with ${id}, which has this name and another secret, and a primary holds one secret under a name.\nNext: if the program had this key alone until now, make it the active one of tsig.keys (docs/rotate-a-tsig-key.md); otherwise set adopt to true on that key to take it over.`;
}
