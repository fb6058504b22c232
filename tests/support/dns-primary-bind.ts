import { bindServer } from "./dns-server-bind";
import type { PrimaryKind } from "./primaries";

/** Signs in line, NSEC3 without iterations and salt (RFC 9276). */
export const bind: PrimaryKind = {
  name: "BIND",
  server: bindServer,
  commands: bindServer.commands,
  configOf: ({ zone, key, notifyPort, allowFrom, denial, algorithm }) => `
key "${key.name}" { algorithm ${key.algorithm}; secret "${key.secret}"; };
dnssec-policy "presigned" {
  keys { ksk lifetime unlimited algorithm ${algorithm}; zsk lifetime unlimited algorithm ${algorithm}; };
  ${denial === "nsec3" ? "nsec3param iterations 0 optout no salt-length 0;" : ""}
};
zone "${zone}" {
  type primary; file "${zone}.zone"; inline-signing yes; dnssec-policy "presigned";
  allow-transfer { ${allowFrom ? `!{ !${allowFrom}; any; }; ` : ""}key "${key.name}"; };
  notify explicit; also-notify { 127.0.0.1 port ${notifyPort} key "${key.name}"; };
};
`,
};
