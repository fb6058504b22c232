import type { Dnssec } from "../../cloudflare/dnssec";
import { getRecentIncoming, type Incoming } from "../../cloudflare/incoming";
import type { Zone } from "../../cloudflare/zones";
import { withoutDot } from "../../dns/domain-name";
import type { Primary } from "../../dns/primary";
import { hasSignaturesInTransfer } from "../../dns/transfer-signatures";
import type { ChainAccess } from "../run/access";
import type { ChainView, PrimaryView } from "../view/chain-view";
import { heldSets } from "../view/ds-memory";
import { type ParentMemory, remember } from "../view/parent-memory";
import { NOTHING_REGISTERED, type RegistrarDomain } from "../view/registered-ds";
import { parseShownDs } from "../view/serving";
import { askKeyTtl, keyTtlOf } from "./key-ttl";
import { observeSecondary } from "./observe-secondary";
import { observeServer } from "./observe-server";
import { observeParent } from "./parent";
import { primariesOf } from "./probe-primaries";
import { identifyZone } from "./zone-identity";

/** A zone as the program names it. */
export interface NamedZone {
  readonly zoneId: string;
  /** Left out by a resource that is not told: Cloudflare tells it then. */
  readonly zoneName: string | undefined;
  /** Of the peers. */
  readonly accountId: string | undefined;
  /** Where the program publishes its DS, if it does. */
  readonly registrar?: RegistrarDomain | undefined;
}

/** A zone as Cloudflare has it. */
export interface FoundZone {
  readonly zoneId: string;
  readonly zoneName: string;
  readonly accountId: string | undefined;
  readonly nameServers: readonly string[];
  /** `undefined` where the token may not read zones. */
  readonly type: string | undefined;
  readonly incoming: Incoming | undefined;
}

/**
 * Finds the zone; `undefined` where neither the program nor Cloudflare tells its name. Its transfer is looked at where
 * the primaries matter, and where nothing else tells the name.
 */
export async function findZone(
  { cloudflare }: ChainAccess,
  { zoneId, zoneName: claimed, accountId }: NamedZone,
  isTransferred: boolean,
): Promise<FoundZone | undefined> {
  const zone = await identifyZone(cloudflare, { zoneId, zoneName: claimed });
  const isNamed = claimed !== undefined || zone !== undefined;
  const incoming = isTransferred || !isNamed ? await getRecentIncoming(cloudflare, zoneId) : undefined;
  const zoneName = claimed ?? zone?.name ?? incoming?.name;
  if (zoneName === undefined) return undefined;
  return withTold({ zoneId, zoneName, accountId, incoming }, zone);
}

/** What is known of a zone, with what Cloudflare alone tells. */
export function withTold(
  { zoneId, zoneName, accountId, incoming }: Omit<FoundZone, "nameServers" | "type">,
  zone: Zone | undefined,
): FoundZone {
  return {
    zoneId,
    zoneName: withoutDot(zoneName.toLowerCase()),
    accountId: accountId ?? zone?.account?.id,
    nameServers: nameServersOf(zone),
    type: zone?.type,
    incoming,
  };
}

export function nameServersOf(zone: Zone | undefined): readonly string[] {
  return [...(zone?.name_servers ?? []), ...(zone?.vanity_name_servers ?? [])];
}

export interface Observed {
  readonly view: ChainView;
  readonly memory: ParentMemory;
}

export interface Wish {
  /** The peers to ask, when the primaries matter to the step. */
  readonly peers: readonly string[];
  /** Where another of them is to be. */
  readonly movedTo?: Primary;
  /** Whether Cloudflare's own name servers matter to it. */
  readonly secondary: boolean;
  /** The registrar to ask for what it has taken, where the parent may come to have that. */
  readonly registrar?: RegistrarDomain | undefined;
}

/**
 * Looks at a zone from its primaries to its parent, all at once. Where the program has no order between a HostupDsSet and
 * what signs the zone, a destroy runs both at once.
 */
export async function observeChain(
  ...[access, zone, ...look]: Parameters<typeof observeNow>
): Promise<Observed> {
  for (;;) {
    await access.withdrawn.settled(zone.zoneName);
    const observed = await observeNow(access, zone, ...look);
    if (!access.withdrawn.isLeaving(zone.zoneName)) return observed;
  }
}

async function observeNow(
  access: ChainAccess,
  zone: FoundZone,
  dnssec: Dnssec,
  kept: ParentMemory | undefined,
  { peers, movedTo, secondary, registrar }: Wish,
): Promise<Observed> {
  const { zoneName, nameServers } = zone;
  const resolvers = access.resolvers();
  const unseen: string[] = [];
  const standing =
    peers.length === 0
      ? []
      : await primariesOf(access.cloudflare, { ...zone, peers }, (problem) => void unseen.push(problem));
  const primaries = movedTo === undefined ? standing : [...standing, movedTo];
  const [views, atSecondary, parent, registered] = await Promise.all([
    Promise.all(primaries.map((primary) => viewOf(primary, zoneName))),
    secondary ? observeSecondary(zoneName, nameServers, resolvers) : [],
    observeParent(zoneName, resolvers),
    registrar ? access.registered(registrar) : NOTHING_REGISTERED,
  ]);
  const seen = [...views.map(({ view }) => view), ...atSecondary];
  // A step that asks neither side must not take the zone's keys to live longer than they do.
  const keyTtl = seen.some(({ ok }) => ok) ? keyTtlOf(seen) : await askKeyTtl(zoneName, resolvers);
  access.keyTtls.note(zoneName, keyTtl);
  const now = Date.now();
  const keysUntil = kept?.keysUntil;
  if (keysUntil !== undefined) access.keyTtls.notePast(zoneName, keysUntil);
  const withdrawn = access.withdrawn.of(zoneName);
  const memory = remember(withdrawn ? { ...withdrawn, keysUntil } : kept, parent, keyTtl, now);
  return {
    memory,
    view: {
      zoneName,
      primaries: views,
      unseen,
      secondary: atSecondary,
      parent,
      registered,
      keyTtl,
      held: heldSets(memory.ds, parent, now),
      delegations: memory.delegations,
      cloudflareDs: parseShownDs(dnssec.ds),
      nameServers,
      refreshSeconds: zone.incoming?.auto_refresh_seconds,
      seenAt: now,
    },
  };
}

async function viewOf(primary: Primary, zoneName: string): Promise<PrimaryView> {
  const view = await observeServer(primary, zoneName);
  if (!view.ok || !view.value.isSigned) return { primary, view };
  return { primary, view, isTransferSigned: await hasSignaturesInTransfer(primary, zoneName) };
}
