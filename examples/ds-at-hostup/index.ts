import * as pulumi from "@pulumi/pulumi";
import { type DsRecord, HostupDnssecAuto, HostupDsRecord } from "pulumi-secondary-dns";

const config = new pulumi.Config();
const domainName = config.require("domainName");

// What the signer prints, e.g. `dnssec-dsfromkey`, `keymgr example.se ds` or `pdnsutil export-zone-ds example.se`:
//   pulumi config set --path ds[0].keyTag 60485
//   pulumi config set --path ds[0].algorithm 13
//   pulumi config set --path ds[0].digestType 2
//   pulumi config set --path ds[0].digest D4B7D520E7BB…
// To roll a key, add the DS of the new one, wait for the TTL of the old DS, and take the old one out.
const records = config.requireObject<DsRecord[]>("ds");

// HostUp's own automation would publish the DS of other keys.
const automation = new HostupDnssecAuto("no-automation", { domainName, action: "exclude" });

const published = records.map(
  (record) =>
    new HostupDsRecord(
      `ds-${record.keyTag}-${record.digestType}`,
      { domainName, ...record },
      { dependsOn: automation },
    ),
);

export const ids = published.map(({ id }) => id);
