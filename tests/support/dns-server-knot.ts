import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./dns-processes";
import type { DnsServer, Place } from "./dns-server";
import { startServer } from "./dns-server-process";

async function knotc({ folder }: Place, ...args: readonly string[]): Promise<void> {
  await run("knotc", ["-c", "knot.conf", "-b", ...args], folder);
}

export const knotServer: DnsServer = {
  name: "knot",
  commands: ["knotd", "knotc"],
  configure: async ({ folder, port }, config) =>
    writeFileSync(
      join(folder, "knot.conf"),
      `server:
    rundir: "${folder}"
    listen: 127.0.0.1@${port}
    tcp-workers: 1
    udp-workers: 1
    background-workers: 1
log:
  - target: stderr
    any: info
database:
    storage: "${folder}"
template:
  - id: default
    storage: "${folder}"
${config}`,
    ),
  start: ({ folder, clockAhead }) => startServer("knotd", ["-c", "knot.conf"], folder, clockAhead),
  reload: (place) => knotc(place, "reload"),
  reloadZone: (place) => knotc(place, "zone-reload", place.zone),
};
