import * as pulumi from "@pulumi/pulumi";
import { SecondaryZone } from "pulumi-secondary-dns";

const config = new pulumi.Config();
const zoneName = config.require("zoneName");
const lab = config.requireObject<Lab>("lab");
const keys = config.requireObject<string[]>("keys");
const primary = config.getObject<Primary>("primary");

const zone = new SecondaryZone("zone", {
  accountId: config.require("accountId"),
  zoneId: config.require("zoneId"),
  zoneName,
  ...(primary ? { primaries: [primary] } : {}),
  tsig: { keys: keys.map((name) => ({ name })), active: config.require("active") },
  dnssec: { signing: config.get("signing") === "live" ? "live" : "presigned", nsec3: true },
  ...(config.getBoolean("atHostup")
    ? { registrar: { hostup: { domainName: zoneName, dnssec: "ds-records" } } }
    : {}),
  cloudflareAddresses: lab.cloudflare,
});

export const primaryConfig = zone.primaryConfig;
export const ds = zone.ds.apply((records) => records ?? "no primary yet");

interface Primary {
  readonly address: string;
  readonly port: number;
}

/** Where the simulated Cloudflare transfers from and is notified; real programs leave this out. */
interface Lab {
  readonly cloudflare: {
    readonly transferFrom: string[];
    readonly notify: { address: string; port: number }[];
  };
}
