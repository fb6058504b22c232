import { isDeleted } from "../cloudflare/dnssec-states";
import { isInRange } from "../cloudflare/ip-range";
import { KSK, ZSK } from "../cloudflare/signing-keys";
import type { View } from "../dns/answer";
import type { KnownKey } from "../dns/authenticate";
import { RCODE } from "../dns/codes";
import { ancestorsOf } from "../dns/name";
import type { NameServer } from "../dns/respond";
import type { ServedZone, Serving, Unservable } from "../dns/served-zone";
import { TransferError } from "../dns/transfer-error";
import { answerAsParent } from "../parent/parent-server";
import { resolve } from "../parent/resolver";
import type { ResolverCache } from "../parent/resolver-cache";
import { zoneCalled } from "../parent/zone-names";
import { lookUp, type Tsig, type World, type Zone } from "../state";
import { transferKeyOf } from "./transfer-key";
import type { Transfers } from "./transfers";

export interface Surroundings {
  readonly cache: ResolverCache;
  /** Of the DNSKEY set of the zones that are signed here, in seconds. */
  readonly keyTtl: number;
  /** The IPv4 address that the name servers of zones and parents have: where the DNS port listens. */
  readonly address: string;
  /** Whether the DNS port answers for parents and as a resolver too. */
  readonly parents: boolean;
}

/** What the DNS port serves and hears, by the state of the simulator. */
export function createSecondary(world: World, transfers: Transfers, surroundings: Surroundings): NameServer {
  const { cache, keyTtl, address, parents } = surroundings;
  return {
    outside: (question, isRecursive) => {
      if (!parents) return undefined;
      return isRecursive
        ? resolve(question, world.state.zones, cache, address)
        : answerAsParent(question, world.state.zones, address);
    },
    viewOf: (name) => {
      for (const above of ancestorsOf(name)) {
        const served = transfers.served(above);
        const zone = served && lookUp(world.state.zones, served.zoneId);
        if (zone) return viewOf(zone, served.content, world, keyTtl);
      }
      return undefined;
    },
    wholeZone: (name) => {
      const served = transfers.served(name);
      const zone = served && lookUp(world.state.zones, served.zoneId);
      const serving = zone && servingOf(zone, world, keyTtl);
      if (serving?.kind !== "live") return served?.content.data;
      const view = served?.content.viewFor(serving);
      return view && "zone" in view ? view.zone : undefined;
    },
    keys: () => Object.values(world.state.tsigs).flatMap(knownKeyOf),
    notify: (name, address, key) => {
      const zone = zoneCalled(name, world.state.zones);
      if (!zone?.incoming) return RCODE.NOTAUTH;
      const peers = zone.incoming.peers.flatMap((id) => lookUp(world.state.peers, id) ?? []);
      // The key of a peer proves where it comes from; without one the address must do (RFC 1996 3.10).
      const isFromPeer = peers.some(({ ip, tsig_id }) => (key ? tsig_id === key.tsigId : ip === address));
      const acls = Object.values(world.state.acls).filter(({ accountId }) => accountId === zone.accountId);
      const isAllowed = !key && acls.some(({ ip_range }) => isInRange(address, ip_range));
      if (!isFromPeer && !isAllowed) return RCODE.REFUSED;
      transfers.start(zone.id, "notify");
      return RCODE.NOERROR;
    },
    now: () => seconds(world.now()),
  };
}

function viewOf(zone: Zone, content: ServedZone, world: World, keyTtl: number): View | Unservable {
  // Left over from when it was a secondary one, the flag takes a zone off the air.
  if (zone.dnssec.dnssec_presigned && zone.type !== "secondary") {
    return { reason: "dnssec_presigned is on for a zone that is not secondary" };
  }
  return content.viewFor(servingOf(zone, world, keyTtl));
}

/**
 * A zone is signed in every state but the deleted one, the disabled one too.
 * https://developers.cloudflare.com/dns/dnssec/dnssec-states/
 */
function servingOf(zone: Zone, { now }: World, keyTtl: number): Serving {
  const { dnssec_presigned, dnssec_use_nsec3, dnssec_multi_signer } = zone.dnssec;
  const denial = dnssec_use_nsec3 ? "nsec3" : "nsec";
  if (dnssec_presigned) return { kind: "presigned", denial };
  if (isDeleted(zone)) return { kind: "plain" };
  const signer = {
    ksk: KSK,
    zsk: ZSK,
    withTransferredKeys: dnssec_multi_signer,
    keyTtl,
    now: seconds(now()),
  };
  return { kind: "live", denial, signer };
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** A TSIG that no transfer could use signs nothing. */
function knownKeyOf(tsig: Tsig): readonly KnownKey[] {
  try {
    return [{ ...transferKeyOf(tsig), tsigId: tsig.id }];
  } catch (error) {
    if (error instanceof TransferError) return [];
    throw error;
  }
}
