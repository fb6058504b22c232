import { isIPv6 } from "node:net";
import { withoutDot } from "../../provider/dns/domain-name";
import { heading, NOTIFY_SOURCE } from "../notes";
import type { PrimaryZone, Zones } from "../primary-zone";
import { keysOf } from "../shared-parts";
import { signingLines, signingNotes } from "./signing";

/**
 * Commands for a PowerDNS with a database backend, and the settings they rely on. No addresses are
 * named: to PowerDNS either an address or the key is enough, so the key alone has to be. They are run
 * again whenever the keys change, so each of them does nothing more the second time.
 */
export function powerdnsConfig(zones: Zones): string {
  const isShared = zones.some(({ signing }) => signing.by === "both");
  const all = [
    `# ${heading(zones)} Zones and signing keys are in the database.`,
    "# In pdns.conf, for all zones: the empty lists end transfers without a key (this machine's too) and NOTIFY to name servers.",
    "# Who needs either goes into its zone's list: pdnsutil add-meta ZONE ALLOW-AXFR-FROM ADDRESS, or ALSO-NOTIFY ADDRESS.",
    "#   primary=yes",
    "#   allow-axfr-ips=",
    "#   only-notify=",
    ...(isShared ? ["#   direct-dnskey=yes"] : []),
    ...keysOf(zones).map(
      ({ name, algorithm, secret }) =>
        `pdnsutil import-tsig-key '${withoutDot(name)}' '${withoutDot(algorithm)}' '${secret}'`,
    ),
    "# Each set-meta replaces what the zone has there: add the keys and addresses of its other secondaries.",
    `# ${NOTIFY_SOURCE}`,
    ...signingNotes(zones).map((line) => `# ${line}`),
    ...zones.flatMap(zoneLines),
  ];
  return `${all.join("\n")}\n`;
}

function zoneLines(zone: PrimaryZone): string[] {
  const name = withoutDot(zone.name);
  const notify = zone.secondary.notify.map(({ address, port }) =>
    isIPv6(address) ? `'[${address}]:${port}'` : `'${address}:${port}'`,
  );
  // Not activate-tsig-key, which only adds: a key that is out has to lose its access.
  const keys = zone.keys.map((key) => `'${withoutDot(key.name)}'`);
  return [
    `pdnsutil set-meta '${name}' TSIG-ALLOW-AXFR ${keys.join(" ")}`,
    `pdnsutil set-meta '${name}' ALSO-NOTIFY ${notify.join(" ")}`,
    `pdnsutil set-kind '${name}' primary`,
    ...signingLines(zone),
  ];
}
