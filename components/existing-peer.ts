import * as pulumi from "@pulumi/pulumi";
import type { TransferPeer } from "../provider/transfer-peer";
import type { Tsig } from "../provider/tsig";
import type { Primary, SharedPrimary } from "./secondary-zone-args";

/** Not by `in`: a program may spell out a peer that it leaves undefined. */
export function isExisting(primary: Primary): primary is SharedPrimary {
  return "existing" in primary && primary.existing !== undefined;
}

/** A shared peer has a key of its own, which `primaryConfig` does not know of. */
export function warnOfAnotherKey(zone: pulumi.Resource, peer: TransferPeer, path: string, tsig: Tsig): void {
  pulumi.all([peer.tsigId, tsig.tsigId, tsig.name]).apply(([used, active, name]) => {
    if (active === undefined || used === active) return;
    const key = used === undefined ? "no TSIG" : `TSIG ${used}`;
    void pulumi.log.warn(
      `${path} is a peer that signs transfers with ${key}, and the zone's key is "${name}" (${active}): primaryConfig shows a key that is not used. Next: give the peer this tsigId, or the zone the peer's key.`,
      zone,
    );
  });
}
