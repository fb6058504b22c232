import { type Dnssec, getDnssec } from "../cloudflare/dnssec";
import { getIncoming, type Incoming } from "../cloudflare/incoming";
import type { Zone } from "../cloudflare/zones";
import { withoutDot } from "../core/domain-name";
import type { ChainAccess } from "./access";
import { decideServing, decideTransfer } from "./decide";
import { guard } from "./guard";
import { nameServersOf, observeChain } from "./observe";
import { type Serving, UNSIGNED } from "./serving";
import { servedSerial } from "./transfer-progress";

export interface TransferChange {
  readonly zoneId: string;
  readonly accountId: string | undefined;
  readonly zone: Zone | undefined;
  /** As it is now. */
  readonly incoming: Incoming;
  /** What it is to be transferred from. */
  readonly peers: readonly string[];
}

/** Lets a zone be transferred from other peers, or throws: what Cloudflare has now is served until they give something else. */
export async function guardTransfer(access: ChainAccess, change: TransferChange): Promise<void> {
  const { zoneId, zone, incoming, peers } = change;
  const dnssec = (await getDnssec(access.cloudflare, zoneId)) ?? {};
  const zoneName = withoutDot(incoming.name.toLowerCase());
  const accountId = change.accountId ?? zone?.account?.id;
  const found = { zoneId, zoneName, accountId, nameServers: nameServersOf(zone), type: zone?.type, incoming };
  const step = { zoneName, stays: `The incoming transfer of ${zoneName} stays as it is` };
  const served = servedSerial(incoming, undefined);
  const refusal = await guard(access, step, async () => {
    const { view } = await observeChain(access, found, dnssec, undefined, { peers, secondary: false });
    return decideTransfer(view, servingOf(dnssec), served);
  });
  if (refusal !== undefined) throw refusal.error;
}

/** A presigned zone without transfers is served until its signatures end: not while a DS says that there are some. */
export async function guardDeletion(access: ChainAccess, zoneId: string): Promise<void> {
  const dnssec = await getDnssec(access.cloudflare, zoneId);
  if (dnssec === undefined || servingOf(dnssec).signer !== "primary") return;
  const incoming = await getIncoming(access.cloudflare, zoneId);
  if (incoming === undefined) return;
  const zoneName = withoutDot(incoming.name.toLowerCase());
  const found = { zoneId, zoneName, accountId: undefined, nameServers: [], type: undefined, incoming };
  const step = {
    zoneName,
    stays: `The incoming transfer of ${zoneName} stays, for its signatures would end and the zone is presigned`,
  };
  const refusal = await guard(access, step, async () => {
    const { view } = await observeChain(access, found, dnssec, undefined, { peers: [], secondary: false });
    return decideServing(view, servingOf(dnssec), UNSIGNED);
  });
  if (refusal !== undefined) throw refusal.error;
}

function servingOf({ dnssec_presigned, dnssec_use_nsec3 }: Dnssec): Serving {
  return { signer: dnssec_presigned ? "primary" : "none", nsec3: dnssec_use_nsec3 ?? false };
}
