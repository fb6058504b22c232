import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runKnot } from "../../servers/knot/run";
import { run } from "./dns-processes";
import type { DnsServer, Place } from "./dns-server";
import { startServer } from "./dns-server-process";

const fileOf = ({ folder }: Place) => join(folder, "knot.conf");

async function knotc({ folder }: Place, ...args: readonly string[]): Promise<void> {
  await run("knotc", ["-c", "knot.conf", "-b", ...args], folder);
}

export const knotServer: DnsServer = {
  name: "knot",
  commands: [runKnot.command, "knotc", "keymgr"],
  configure: async (place, config) =>
    writeFileSync(fileOf(place), runKnot.preamble(place.folder, place.port) + config),
  start: (place) => startServer(runKnot.command, runKnot.args(fileOf(place)), place.folder, place.clockAhead),
  reload: (place) => knotc(place, "reload"),
  reloadZone: (place) => knotc(place, "zone-reload", place.zone),
};
