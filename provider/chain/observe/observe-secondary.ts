import { NAME_SERVERS } from "../../core/bounds";
import type { Result } from "../../dns/failure";
import type { Primary } from "../../dns/primary";
import type { ZoneView } from "../view/zone-view";
import { observeServer } from "./observe-server";
import { addressesOf } from "./parent";

/** How long one of Cloudflare's name servers may take. */
export const NAME_SERVER_TIMEOUT_MS = 2_000;
/** Cloudflare gives a zone two name servers, and all of them answer alike. */
const CLOUDFLARES = 2;

/** One of Cloudflare's name servers, and what it shows of a zone. */
export interface NameServerView {
  readonly server: Primary;
  readonly view: Result<ZoneView>;
}

/** What Cloudflare's name servers show of a zone; empty where their addresses are not to be had. */
export async function observeSecondary(
  zoneName: string,
  nameServers: readonly string[],
  resolvers: readonly Primary[],
): Promise<readonly Result<ZoneView>[]> {
  const views = await observeNameServers(zoneName, nameServers.slice(0, CLOUDFLARES), resolvers);
  return views.map(({ view }) => view);
}

/** The same of each of them that has an address, by its first. */
export async function observeNameServers(
  zoneName: string,
  nameServers: readonly string[],
  resolvers: readonly Primary[],
): Promise<readonly NameServerView[]> {
  const asked = nameServers.slice(0, NAME_SERVERS);
  const addresses = await Promise.all(asked.map((host) => addressesOf(host, resolvers)));
  const servers = addresses.flatMap(([first]) => first ?? []);
  return Promise.all(
    servers.map(async (server) => ({
      server,
      view: await observeServer(server, zoneName, { timeoutMs: NAME_SERVER_TIMEOUT_MS }),
    })),
  );
}
