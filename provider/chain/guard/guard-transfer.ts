import { unlessForbidden } from "../../cloudflare/client";
import { type Dnssec, getRecentDnssec } from "../../cloudflare/dnssec";
import { getIncoming, type Incoming } from "../../cloudflare/incoming";
import { say } from "../../core/call-scope";
import { withoutDot } from "../../dns/domain-name";
import type { Primary } from "../../dns/primary";
import { decideServing, decideTransfer } from "../decide/decide";
import { type FoundZone, findZone, observeChain, withTold } from "../observe/observe";
import { identifyZone } from "../observe/zone-identity";
import type { ChainAccess } from "../run/access";
import { tellOnce } from "../run/tell-once";
import type { ParentMemory } from "../view/parent-memory";
import { type Serving, UNSIGNED } from "../view/serving";
import { darkAsServed } from "./dark-as-served";
import { guard } from "./guard";
import { servedSerial } from "./transfer-progress";

export interface TransferChange {
  readonly zoneId: string;
  readonly zoneName: string;
  readonly accountId: string | undefined;
  /** As it is now; `undefined` where there is none, and what came by an earlier one may still be served. */
  readonly incoming: Incoming | undefined;
  /** What it is to be transferred from. */
  readonly peers: readonly string[];
  /** Whether these are others than it has, or it has none; else they are only asked again. */
  readonly isMoving: boolean;
}

/**
 * Lets a zone be transferred, or throws: what Cloudflare has now is served until the primaries give something else. Of
 * those that it has, what a presigned zone would become by it matters alone.
 */
export async function guardTransfer(access: ChainAccess, change: TransferChange): Promise<void> {
  const dnssec = await visibleDnssec(access, change);
  if (dnssec !== undefined) await guardKnown(access, change, dnssec);
}

async function guardKnown(access: ChainAccess, change: TransferChange, dnssec: Dnssec): Promise<void> {
  const { incoming, peers, isMoving } = change;
  const serving = servingOf(dnssec);
  if ((!isMoving || incoming === undefined) && serving.signer !== "primary") return;
  const found = await foundZone(access, change);
  const { zoneName } = found;
  const stays = staysOf(zoneName, change);
  const transfer = { isMoving, served: incoming && servedSerial(incoming, undefined) };
  const wish = { peers, secondary: serving.signer === "primary" };
  const refusal = await guard(access, { zoneName, stays }, async () => {
    const { view } = await observeChain(access, found, dnssec, undefined, wish);
    return decideTransfer(view, serving, transfer);
  });
  if (refusal !== undefined) throw refusal.error;
}

function staysOf(zoneName: string, { incoming, isMoving }: TransferChange): string {
  if (incoming === undefined) return `The incoming transfer of ${zoneName} is not created`;
  return isMoving
    ? `The incoming transfer of ${zoneName} stays as it is`
    : `No transfer of ${zoneName} is forced`;
}

export interface PeerChange {
  readonly zone: { readonly zoneId: string; readonly zoneName: string };
  readonly accountId: string;
  readonly peerId: string;
  /** What it is to be, with the key that Cloudflare is to have for it. */
  readonly next: Primary;
  /** Whether that is another server; else transfers by its new key may bring what failed to come by the old one. */
  readonly isMoving: boolean;
  /** What stays as it is when the change is refused, e.g. `Peer "ns1" stays where it is`. */
  readonly stays: string;
}

/** Lets one of a zone's peers go elsewhere or on with another key, or throws: the next transfer brings what is there. */
export async function guardPeerChange(access: ChainAccess, change: PeerChange): Promise<void> {
  const { zone: claimed, accountId, peerId, next, isMoving, stays } = change;
  const zone = await findZone(access, { ...claimed, accountId }, true);
  const incoming = zone?.incoming;
  if (zone === undefined || incoming === undefined || !incoming.peers.includes(peerId)) return;
  const dnssec = await visibleDnssec(access, zone);
  if (dnssec === undefined) return;
  const step = { zoneName: zone.zoneName, stays };
  const serving = servingOf(dnssec);
  if (!isMoving && serving.signer !== "primary") return;
  const peers = incoming.peers.filter((id) => id !== peerId);
  const wish = { peers, movedTo: next, secondary: serving.signer === "primary" };
  // By a new key too what comes may be signed by keys that resolvers have never seen.
  const transfer = { isMoving: true, served: isMoving ? servedSerial(incoming, undefined) : undefined };
  const refusal = await guard(access, step, async () => {
    const { view } = await observeChain(access, zone, dnssec, undefined, wish);
    return decideTransfer(view, serving, transfer);
  });
  if (refusal !== undefined) throw refusal.error;
}

/** Why a zone that has just been transferred does not validate as it is served; presigned alone it can come to that. */
export async function darkByTransfer(access: ChainAccess, known: KnownZone): Promise<string | undefined> {
  const dnssec = await visibleDnssec(access, known);
  if (dnssec === undefined || servingOf(dnssec).signer !== "primary" || access.isForced(known.zoneName))
    return undefined;
  return darkAsServed(access, await foundZone(access, known), dnssec, servingOf(dnssec));
}

/** Lets the peers that a zone had before have it again, or throws; as far as their signatures would be served. */
export async function guardPutBack(
  access: ChainAccess,
  zoneId: string,
  incoming: Incoming,
  peers: readonly string[],
): Promise<void> {
  const { name: zoneName } = incoming;
  const dnssec = await visibleDnssec(access, { zoneId, zoneName });
  if (dnssec === undefined || servingOf(dnssec).signer !== "primary") return;
  const change = { zoneId, zoneName, accountId: undefined, incoming, peers, isMoving: true };
  await guardKnown(access, change, dnssec);
}

/** A presigned zone without transfers is served until its signatures end: not while a DS says that there are some. */
export async function guardDeletion(
  access: ChainAccess,
  zoneId: string,
  kept: ParentMemory | undefined,
): Promise<void> {
  const dnssec = await visibleDnssec(access, { zoneId, zoneName: `zone ${zoneId}` });
  if (dnssec === undefined || servingOf(dnssec).signer !== "primary") return;
  const incoming = await getIncoming(access.cloudflare, zoneId);
  if (incoming === undefined) return;
  const known = { zoneId, zoneName: incoming.name, accountId: undefined, incoming };
  const found = await foundZone(access, known);
  const { zoneName } = found;
  const step = {
    zoneName,
    stays: `The incoming transfer of ${zoneName} stays, because the zone is presigned and its signatures would expire`,
  };
  const wish = { peers: [], secondary: false, registrar: access.registrars.get(zoneId) };
  const refusal = await guard(access, step, async () => {
    const { view } = await observeChain(access, found, dnssec, kept, wish);
    return decideServing(view, servingOf(dnssec), UNSIGNED);
  });
  if (refusal !== undefined) throw refusal.error;
  say(
    `${zoneName} stays presigned without a transfer: Cloudflare goes on serving the signatures that it has, and nobody renews them. Publish no DS for it, and turn its DNSSEC off at Cloudflare if it is to stay there.`,
  );
}

type KnownZone = Pick<TransferChange, "zoneId" | "zoneName" | "accountId" | "incoming">;

async function foundZone({ cloudflare }: ChainAccess, known: KnownZone): Promise<FoundZone> {
  return withTold(known, await identifyZone(cloudflare, { zoneId: known.zoneId, zoneName: undefined }));
}

/** A token for transfers alone may not see how a zone is signed: then a line says what is not checked. */
async function visibleDnssec(
  { cloudflare }: ChainAccess,
  { zoneId, zoneName }: { readonly zoneId: string; readonly zoneName: string },
): Promise<Dnssec | undefined> {
  const dnssec = await unlessForbidden(getRecentDnssec(cloudflare, zoneId));
  if (dnssec !== "not allowed") return dnssec ?? {};
  tellOnce(
    cloudflare,
    `Not checked for ${withoutDot(zoneName)}: whether it is presigned, and what another transfer would bring. The token may not read its DNSSEC ("DNS Read").`,
  );
  return undefined;
}

function servingOf({ dnssec_presigned, dnssec_use_nsec3 }: Dnssec): Serving {
  return { signer: dnssec_presigned ? "primary" : "none", nsec3: dnssec_use_nsec3 ?? false };
}
