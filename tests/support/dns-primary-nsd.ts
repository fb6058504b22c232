import { nsdServer } from "./dns-server-nsd";
import type { PrimaryKind } from "./primaries";

/** Signed offline, with NSEC3 without iterations and salt (RFC 9276). */
export const nsd: PrimaryKind = {
  name: "NSD",
  server: nsdServer,
  commands: nsdServer.commands,
  configOf: ({ zone, key, notifyPort, allowFrom = "127.0.0.1", denial, algorithm }) => {
    const keygen = `ldns-keygen -a ${algorithm.toUpperCase()}`;
    const nsec3 = denial === "nsec3" ? "-n -t 0 " : "";
    return `#   [ -s ksk ] || ${keygen} -k ${zone} > ksk
#   [ -s zsk ] || ${keygen} ${zone} > zsk
#   ldns-signzone ${nsec3}-o ${zone} -f ${zone}.zone.signed ${zone}.zone $(cat ksk zsk)
key:
    name: "${key.name}"
    algorithm: ${key.algorithm}
    secret: "${key.secret}"
zone:
    name: "${zone}"
    zonefile: "${zone}.zone.signed"
    provide-xfr: ${allowFrom} ${key.name}
    notify: 127.0.0.1@${notifyPort} ${key.name}
`;
  },
};
