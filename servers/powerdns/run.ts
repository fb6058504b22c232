import { dirname } from "node:path";
import type { Running } from "../running";

export const runPowerdns: Running = {
  server: "PowerDNS",
  command: "pdns_server",
  // It wants the folder of a file called pdns.conf.
  args: (file) => [`--config-dir=${dirname(file)}`, "--daemon=no", "--guardian=no"],
  // Without a suffix, it does not look up a public name at the start.
  preamble: (folder, port) => `local-address=127.0.0.1
local-port=${port}
launch=gsqlite3
gsqlite3-database=${folder}/db
gsqlite3-dnssec=yes
security-poll-suffix=
socket-dir=${folder}/run
disable-syslog=yes
xfr-cycle-interval=1
zone-cache-refresh-interval=0
`,
};
