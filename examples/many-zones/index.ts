import * as pulumi from "@pulumi/pulumi";
import { type DnssecChoice, primaryConfig, SecondaryZone, TransferPeer, Tsig } from "pulumi-secondary-dns";

interface Zone {
  /** Cloudflare's id of the zone. */
  id: string;
  name: string;
  signing: DnssecChoice["signing"];
  /** The domain's name at HostUp, when it is registered there. */
  hostup?: string;
}

const config = new pulumi.Config();
const accountId = config.require("accountId");

// One key and one primary for all of them.
const tsig = new Tsig("shared", { accountId, name: "cf.transfer.example." });

const wanted = config.requireObject<Zone[]>("zones");

// Set once the primary has what `primary` below says. Before it moves, it is tried with the first zone.
const address = config.get("primary");
const ns1 = address
  ? new TransferPeer("ns1", {
      accountId,
      name: "ns1",
      ip: address,
      tsigId: tsig.tsigId,
      probeZone: wanted[0]?.name,
    })
  : undefined;

const zones = wanted.map(
  ({ id, name, signing, hostup }) =>
    new SecondaryZone(name, {
      accountId,
      zoneId: id,
      zoneName: name,
      primaries: ns1 ? [{ existing: ns1 }] : [],
      tsig: { existing: tsig },
      dnssec: { signing },
      // The DS of these zones is set by hand, so HostUp's own automation keeps away from it.
      ...(hostup ? { registrar: { hostup: { domainName: hostup, dnssec: "excluded" } } } : {}),
    }),
);

export const tsigSecret = tsig.secret;
/** What to put on the primary that serves all of them, with the key once. */
export const primary = primaryConfig(zones);
export const status = pulumi
  .all(zones.map((zone) => pulumi.all([zone.zoneName, zone.dnssecStatus])))
  .apply((pairs) => Object.fromEntries(pairs));
