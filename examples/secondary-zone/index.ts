import * as pulumi from "@pulumi/pulumi";
import { SecondaryZone } from "pulumi-secondary-dns";

const config = new pulumi.Config();
const zoneName = config.require("zoneName");

const zone = new SecondaryZone("zone", {
  accountId: config.require("accountId"),
  zoneId: config.require("zoneId"),
  zoneName,
  tsig: { name: `cf.${zoneName}.` },
  dnssec: { signing: "presigned", nsec3: true },
});

// What the primary needs; the secret shows with `pulumi stack output --show-secrets`.
export const tsigName = zone.tsigName;
export const tsigAlgo = zone.tsigAlgo;
export const tsigSecret = zone.tsigSecret;
export const dnssecStatus = zone.dnssecStatus;
