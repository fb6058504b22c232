import { nameServersOf, observeChain } from "../../provider/chain/observe/observe";
import { observeClosely } from "../../provider/chain/observe/observe-closely";
import {
  NAME_SERVER_TIMEOUT_MS,
  type NameServerView,
  observeNameServers,
} from "../../provider/chain/observe/observe-secondary";
import { probePrimaries } from "../../provider/chain/observe/probe-primaries";
import type { ChainAccess } from "../../provider/chain/run/access";
import type { PrimaryView } from "../../provider/chain/view/chain-view";
import { unlessForbidden } from "../../provider/cloudflare/client";
import { getDnssec } from "../../provider/cloudflare/dnssec";
import { getIncoming } from "../../provider/cloudflare/incoming";
import { getZone, type Zone } from "../../provider/cloudflare/zones";
import { RefusedError } from "../../provider/core/errors";
import { success } from "../../provider/dns/failure";
import type { Primary } from "../../provider/dns/primary";
import { otherHosts } from "./delegation";
import type { AskedNameServer, OtherServer, RegistrarView, Seen } from "./seen";

export interface Subject {
  readonly zoneName: string;
  readonly zoneId: string;
  readonly accountId: string | undefined;
}

/** Looks at a zone from end to end. Every call is a GET, every question to a DNS server a query. */
export async function look(
  access: ChainAccess,
  { zoneName, zoneId, accountId }: Subject,
  lookAtRegistrar: () => Promise<RegistrarView>,
): Promise<Seen> {
  const { cloudflare } = access;
  // First: a setting that is wrong ends all of it before anything is asked.
  const resolvers = access.resolvers();
  const [zone, dnssec, incoming] = await Promise.all([
    readableZone(access, zoneId),
    getDnssec(cloudflare, zoneId),
    getIncoming(cloudflare, zoneId),
  ]);
  if (dnssec === undefined || (zone !== undefined && zone.name !== zoneName))
    throw new RefusedError(
      `Cloudflare's zone ${zoneId} is not ${zoneName}${zone === undefined ? ", or the token does not see it" : ` but ${zone.name}`}.\nNext: check the zone's id in the program, and whose token this is.`,
    );
  const found = {
    zoneId,
    zoneName,
    accountId: accountId ?? zone?.account?.id,
    nameServers: nameServersOf(zone),
    type: zone?.type,
    incoming,
  };
  const wish = { peers: incoming?.peers ?? [], secondary: false };
  const [{ view }, servers, registrar] = await Promise.all([
    observeChain(access, found, dnssec, undefined, wish),
    observeNameServers(zoneName, found.nameServers, resolvers),
    lookAtRegistrar(),
  ]);
  // Who did not answer a question will not give a transfer.
  const answering = view.primaries.flatMap(({ primary, view: each }) => (each.ok ? [primary] : []));
  const [primaries, nameServers, otherServers, transfers] = await Promise.all([
    Promise.all(view.primaries.map((each) => closerPrimary(each, zoneName))),
    Promise.all(servers.map((each) => closerNameServer(each, zoneName))),
    Promise.all(otherHosts(view).map((host) => otherServer(host, zoneName, resolvers))),
    probePrimaries(answering, zoneName),
  ]);
  return {
    zoneName,
    now: Date.now(),
    zone,
    dnssec,
    incoming,
    chain: { ...view, primaries },
    transfers,
    nameServers,
    otherServers,
    registrar,
  };
}

async function closerPrimary(seen: PrimaryView, zoneName: string): Promise<PrimaryView> {
  if (!seen.view.ok) return seen;
  const close = await observeClosely(seen.primary, zoneName, seen.view.value);
  return { ...seen, view: success(close.view) };
}

async function closerNameServer(
  { server, view }: NameServerView,
  zoneName: string,
): Promise<AskedNameServer> {
  if (!view.ok) return { server, view };
  const close = await observeClosely(server, zoneName, view.value, { timeoutMs: NAME_SERVER_TIMEOUT_MS });
  return { server, view: success(close.view), ownHosts: close.ownHosts };
}

async function otherServer(
  host: string,
  zoneName: string,
  resolvers: readonly Primary[],
): Promise<OtherServer> {
  const [seen] = await observeNameServers(zoneName, [host], resolvers);
  return { host, view: seen?.view };
}

/** `undefined`: the token may not read zones. */
async function readableZone({ cloudflare }: ChainAccess, zoneId: string): Promise<Zone | undefined> {
  const zone = await unlessForbidden(getZone(cloudflare, zoneId));
  return zone === "not allowed" ? undefined : zone;
}
