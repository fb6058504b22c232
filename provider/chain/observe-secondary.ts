import type { Result } from "../dns/failure";
import type { Primary } from "../dns/primary";
import { observeServer } from "./observe-server";
import { addressesOf } from "./parent";
import type { ZoneView } from "./zone-view";

const TIMEOUT_MS = 2_000;
/** Cloudflare gives a zone two name servers, and all of them answer alike. */
const NAME_SERVERS = 2;

/** What Cloudflare's name servers show of a zone; empty where their addresses are not to be had. */
export async function observeSecondary(
  zoneName: string,
  nameServers: readonly string[],
  resolvers: readonly Primary[],
): Promise<readonly Result<ZoneView>[]> {
  const hosts = nameServers.slice(0, NAME_SERVERS);
  const addresses = await Promise.all(hosts.map((host) => addressesOf(`${host}`, resolvers)));
  const servers = addresses.flatMap(([first]) => first ?? []);
  return Promise.all(servers.map((server) => observeServer(server, zoneName, { timeoutMs: TIMEOUT_MS })));
}
