import * as pulumi from "@pulumi/pulumi";
import { type Primary, type SecondaryAddresses, SecondaryZone } from "pulumi-secondary-dns";

const config = new pulumi.Config();
const zoneName = config.require("zoneName");

// Set once the primary has what `primaryConfig` says:
//   pulumi config set --path primaries[0].address 192.0.2.53
const primaries = config.getObject<Primary[]>("primaries");
// For a laboratory, where the secondary is not at Cloudflare's addresses.
const cloudflareAddresses = config.getObject<SecondaryAddresses>("cloudflareAddresses");

// The domain at HostUp, once it is delegated to Cloudflare and the old name servers are out of use: the DS is published there.
const hostup = config.get("hostup");

const zone = new SecondaryZone("zone", {
  accountId: config.require("accountId"),
  zoneId: config.require("zoneId"),
  zoneName,
  ...(primaries ? { primaries } : {}),
  ...(cloudflareAddresses ? { cloudflareAddresses } : {}),
  ...(hostup ? { registrar: { hostup: { domainName: hostup, dnssec: "ds-records" } } } : {}),
  tsig: { name: `cf.${zoneName}.` },
  dnssec: { signing: "presigned", nsec3: true },
});

// What the primary needs; the secrets show with `pulumi stack output --show-secrets`.
export const tsigName = zone.tsigName;
export const tsigAlgo = zone.tsigAlgo;
export const tsigSecret = zone.tsigSecret;
export const primaryConfig = zone.primaryConfig;

export const dnssecStatus = zone.dnssecStatus;
export const soaSerial = zone.soaSerial.apply((serial) => serial ?? "no primary yet");
/** For the registrar. */
export const ds = zone.ds.apply((records) => records ?? "no primary yet");
/** What the parent has; `pulumi refresh` looks again. */
export const dsAtParent = zone.dsAtParent;
