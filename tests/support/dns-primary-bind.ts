import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "./dns-processes";
import type { PrimaryKind } from "./primaries";

/** Signs in line, NSEC3 without iterations and salt (RFC 9276). */
export const bind: PrimaryKind = {
  name: "BIND",
  commands: ["named"],
  start: async ({ zone, key, notifyPort, allowFrom, denial, algorithm, clockAhead, text, folder, port }) => {
    mkdirSync(join(folder, "keys"));
    writeFileSync(join(folder, "zone"), text);
    const allowed = `${allowFrom ? `!{ !${allowFrom}; any; }; ` : ""}key "${key.name}";`;
    writeFileSync(
      join(folder, "named.conf"),
      `key "${key.name}" { algorithm ${key.algorithm}; secret "${key.secret}"; };
options {
  directory "${folder}"; pid-file "named.pid"; session-keyfile "session.key";
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; allow-transfer { none; }; notify-delay 0;
};
controls { };
dnssec-policy "presigned" {
  keys { ksk lifetime unlimited algorithm ${algorithm}; zsk lifetime unlimited algorithm ${algorithm}; };
  ${denial === "nsec3" ? "nsec3param iterations 0 optout no salt-length 0;" : ""}
};
zone "${zone}" {
  type primary; file "zone"; key-directory "keys"; inline-signing yes; dnssec-policy "presigned";
  allow-transfer { ${allowed} };
  notify explicit; also-notify { 127.0.0.1 port ${notifyPort} key "${key.name}"; };
};
`,
    );
    return startServer("named", ["-g", "-n", "1", "-c", "named.conf"], folder, clockAhead);
  },
  publish: async ({ folder }, text, server) => {
    writeFileSync(join(folder, "zone"), text);
    server.signal("SIGHUP");
  },
};
