import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DnsServer } from "./dns-server";
import { startServer } from "./dns-server-process";

export const bindServer: DnsServer = {
  name: "bind",
  commands: ["named"],
  configure: async ({ folder, port }, config) =>
    writeFileSync(
      join(folder, "named.conf"),
      `options {
  directory "${folder}"; pid-file "named.pid"; session-keyfile "session.key";
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; allow-transfer { none; }; notify-delay 0;
};
controls { };
${config}`,
    ),
  start: ({ folder, clockAhead }) =>
    startServer("named", ["-g", "-n", "1", "-c", "named.conf"], folder, clockAhead),
  reload: async (_place, server) => server.signal("SIGHUP"),
  reloadZone: async (_place, server) => server.signal("SIGHUP"),
};
