import type { CloudflareClient } from "../../cloudflare/client";
import { isInUse } from "../../cloudflare/in-use";
import { accountPeers } from "../../cloudflare/peers";
import { withNote } from "../../core/call-errors";

/** The same error; of a TSIG that peers use, with these. */
export async function withPeersInUse(
  client: CloudflareClient,
  error: unknown,
  { accountId, tsigId }: { readonly accountId: string; readonly tsigId: string },
): Promise<unknown> {
  if (!isInUse(error)) return error;
  // The refusal is what has to be told, whatever becomes of this look.
  const peers = await accountPeers.list(client, accountId).catch(() => []);
  const users = peers.filter(({ tsig_id }) => tsig_id === tsigId).map(({ id, name }) => `"${name}" (${id})`);
  return users.length === 0 ? error : withNote(error, `Peers that use it: ${users.join(", ")}.`);
}
