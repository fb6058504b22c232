import type { View } from "../dns/answer";
import type { KnownKey } from "../dns/authenticate";
import { RCODE } from "../dns/codes";
import { ancestorsOf, formatName } from "../dns/name";
import type { Secondary } from "../dns/respond";
import type { ServedZone, Unservable } from "../dns/served-zone";
import { TransferError } from "../dns/transfer-error";
import { lookUp, type Tsig, type World, type Zone } from "../state";
import { transferKeyOf } from "./transfer-key";
import type { Transfers } from "./transfers";

/** What the DNS port serves and hears, by the state of the simulator. */
export function createSecondary(world: World, transfers: Transfers): Secondary {
  return {
    viewOf: (name) => {
      for (const above of ancestorsOf(name)) {
        const served = transfers.served(above);
        const zone = served && lookUp(world.state.zones, served.zoneId);
        if (zone) return viewOf(zone, served.content);
      }
      return undefined;
    },
    transferred: (name) => transfers.served(name)?.content.data,
    keys: () => Object.values(world.state.tsigs).flatMap(knownKeyOf),
    notify: (name, address, key) => {
      const zone = Object.values(world.state.zones).find(isCalled(formatName(name)));
      if (!zone?.incoming) return RCODE.NOTAUTH;
      const peers = zone.incoming.peers.flatMap((id) => lookUp(world.state.peers, id) ?? []);
      // The key of a peer proves where it comes from; without one the address must do (RFC 1996 3.10).
      const isFromPeer = peers.some(({ ip, tsig_id }) => (key ? tsig_id === key.tsigId : ip === address));
      if (!isFromPeer) return RCODE.REFUSED;
      transfers.start(zone.id, "notify");
      return RCODE.NOERROR;
    },
    now: () => Math.floor(world.now() / 1000),
  };
}

function viewOf({ type, dnssec }: Zone, content: ServedZone): View | Unservable {
  // Left over from when it was a secondary one, the flag takes a zone off the air.
  if (dnssec.dnssec_presigned && type !== "secondary") {
    return { reason: "dnssec_presigned is on for a zone that is not secondary" };
  }
  return content.viewFor(dnssec);
}

function isCalled(name: string): (zone: Zone) => boolean {
  const plain = (text: string) => text.toLowerCase().replace(/\.$/, "");
  const wanted = plain(name);
  return (zone) => plain(zone.name) === wanted;
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
