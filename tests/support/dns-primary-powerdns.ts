import type { SigningAlgorithm } from "./dns-server";
import { powerdnsServer } from "./dns-server-powerdns";
import type { PrimaryKind } from "./primaries";

/** Its own names, and for RSA the bits before. */
const ALGORITHMS: Readonly<Record<SigningAlgorithm, string>> = {
  rsasha256: "2048 rsasha256",
  ecdsap256sha256: "ecdsa256",
  ecdsap384sha384: "ecdsa384",
  ed25519: "ed25519",
};

/**
 * Signs live, NSEC3 without iterations and salt (RFC 9276). The empty settings close what is open by default:
 * AXFR from loopback without TSIG, and NOTIFY to the zone's own name servers.
 */
export const powerdns: PrimaryKind = {
  name: "PowerDNS",
  server: powerdnsServer,
  commands: powerdnsServer.commands,
  configOf: ({ zone, key, notifyPort, denial, algorithm }) => `#   primary=yes
#   allow-axfr-ips=
#   only-notify=
pdnsutil set-kind ${zone} primary
pdnsutil add-zone-key ${zone} ksk active ${ALGORITHMS[algorithm]}
pdnsutil add-zone-key ${zone} zsk active ${ALGORITHMS[algorithm]}
${denial === "nsec3" ? `pdnsutil set-nsec3 ${zone} '1 0 0 -'` : ""}
pdnsutil rectify-zone ${zone}
pdnsutil import-tsig-key ${key.name} ${key.algorithm} ${key.secret}
pdnsutil activate-tsig-key ${zone} ${key.name} primary
pdnsutil set-meta ${zone} ALSO-NOTIFY 127.0.0.1:${notifyPort}
`,
};
