import { knotServer } from "./dns-server-knot";
import type { PrimaryKind } from "./primaries";

/** Signs in line, NSEC3 without iterations and salt (RFC 9276). */
export const knot: PrimaryKind = {
  name: "Knot",
  server: knotServer,
  commands: knotServer.commands,
  configOf: ({ zone, key, notifyPort, allowFrom, denial, algorithm }) => `key:
  - id: ${key.name}
    algorithm: ${key.algorithm}
    secret: ${key.secret}
remote:
  - id: secondary
    address: 127.0.0.1@${notifyPort}
    key: ${key.name}
acl:
  - id: transfer
    key: ${key.name}
    action: transfer
${allowFrom ? `    address: ${allowFrom}\n` : ""}policy:
  - id: presigned
    algorithm: ${algorithm}
    nsec3: ${denial === "nsec3" ? "on" : "off"}
    nsec3-iterations: 0
    nsec3-salt-length: 0
zone:
  - domain: ${zone}
    file: ${zone}.zone
    zonefile-sync: -1
    zonefile-load: difference-no-serial
    journal-content: all
    dnssec-signing: on
    dnssec-policy: presigned
    notify: secondary
    acl: transfer
`,
};
