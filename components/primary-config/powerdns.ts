import { withoutDot } from "../../provider/core/domain-name";
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
    "# In pdns.conf. An empty list: otherwise this machine may transfer without a key.",
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
 * with it. No iterations and no salt: RFC 9276 section 3.1.
 */
function signLines(zoneName: string, signing: "nsec" | "nsec3"): string[] {
  return [
    `pdnsutil list-keys ${zoneName} | grep -q ' [CKZ]SK ' || {`,
    `pdnsutil add-zone-key ${zoneName} ksk active ecdsa256`,
    `pdnsutil add-zone-key ${zoneName} zsk active ecdsa256`,
    "}",
    ...(signing === "nsec3" ? [`pdnsutil set-nsec3 ${zoneName} '1 0 0 -'`] : []),
    `pdnsutil rectify-zone ${zoneName}`,
  ];
}
