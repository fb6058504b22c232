import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runBind } from "../../servers/bind/run";
import type { DnsServer, Place } from "./dns-server";
import { startServer } from "./dns-server-process";

const fileOf = ({ folder }: Place) => join(folder, "named.conf");

export const bindServer: DnsServer = {
  name: "bind",
  commands: [runBind.command],
  configure: async (place, config) =>
    writeFileSync(fileOf(place), runBind.preamble(place.folder, place.port) + config),
  start: (place) => startServer(runBind.command, runBind.args(fileOf(place)), place.folder, place.clockAhead),
  reload: async (_place, server) => server.signal("SIGHUP"),
  reloadZone: async (_place, server) => server.signal("SIGHUP"),
};
