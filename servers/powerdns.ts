import { withoutDot } from "../provider/core/domain-name";
import { heading, type PrimaryWants } from "./wanted";

/**
 * Commands for a PowerDNS with a database backend, and the settings they rely on. No addresses are
 * named: to PowerDNS either an address or the key is enough, so the key alone has to be. They are run
 * again whenever the keys change, so each of them does nothing more the second time.
 */
export function powerdnsConfig(wants: PrimaryWants): string {
  const { zoneName, keys, signing, secondary } = wants;
  const notify = secondary.notify.map(({ address, port }) =>
    address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`,
  );
  const all = [
    `# ${heading(wants)}`,
    "# In pdns.conf, for all zones: the empty lists end transfers without a key (this machine's too) and NOTIFY to name servers.",
    "# Who needs either goes into its zone's list: pdnsutil add-meta ZONE ALLOW-AXFR-FROM ADDRESS, or ALSO-NOTIFY ADDRESS.",
    "#   primary=yes",
    "#   allow-axfr-ips=",
    "#   only-notify=",
    ...keys.map(
      ({ name, algo, secret }) =>
        `pdnsutil import-tsig-key ${withoutDot(name)} ${withoutDot(algo)} '${secret}'`,
    ),
    // Not activate-tsig-key, which only adds: a key that is out has to lose its access.
    "# These replace what the zone has there: add the keys and addresses of its other secondaries.",
    `pdnsutil set-meta ${zoneName} TSIG-ALLOW-AXFR ${keys.map(({ name }) => withoutDot(name)).join(" ")}`,
    `pdnsutil set-meta ${zoneName} ALSO-NOTIFY ${notify.join(" ")}`,
    `pdnsutil set-kind ${zoneName} primary`,
    ...(signing === "none" ? [] : signLines(zoneName, signing)),
  ];
  return `${all.join("\n")}\n`;
}

/**
 * Keys only for a zone that has none, of whatever kind: PowerDNS shows a KSK alone as CSK and signs everything
 * with it. No iterations and no salt: RFC 9276 section 3.1. A SOA-EDIT that is there stays, since another one may
 * lower the serial: https://doc.powerdns.com/authoritative/dnssec/operational.html#possible-soa-edit-values
 */
function signLines(zoneName: string, signing: "nsec" | "nsec3"): string[] {
  return [
    `pdnsutil list-keys ${zoneName} | grep -q ' [CKZ]SK ' || {`,
    `pdnsutil add-zone-key ${zoneName} ksk active ecdsa256`,
    `pdnsutil add-zone-key ${zoneName} zsk active ecdsa256`,
    "}",
    signing === "nsec3" ? `pdnsutil set-nsec3 ${zoneName} '1 0 0 -'` : `pdnsutil unset-nsec3 ${zoneName}`,
    "# The served serial jumps to the stored one plus the weeks since 1970, so that each week's new signatures get transferred.",
    `pdnsutil get-meta ${zoneName} SOA-EDIT | grep -q '= [A-Z]' ||`,
    `pdnsutil set-meta ${zoneName} SOA-EDIT INCREMENT-WEEKS`,
    `pdnsutil rectify-zone ${zoneName}`,
  ];
}
