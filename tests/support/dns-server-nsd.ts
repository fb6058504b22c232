import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runNsd } from "../../servers/nsd/run";
import { run } from "./dns-processes";
import type { DnsServer, Place } from "./dns-server";
import { startServer } from "./dns-server-process";

/** What a configuration's comments say to run, but for the reload, which needs to know where the server is. */
export function signCommands(config: string): string {
  const commands = [...config.matchAll(/^# {3}(?!nsd-control)(.+)$/gm)];
  return commands.map(([, command]) => command).join("\n");
}

const SCRIPT = "update.sh";

/** NSD does not sign: ldns does, with the commands that the configuration gives. */
async function sign({ folder }: Place): Promise<void> {
  await run("sh", [join(folder, SCRIPT)], folder);
}

/** Whether it is another script than the one there. */
function saveScript({ folder }: Place, config: string): boolean {
  const file = join(folder, SCRIPT);
  const script = signCommands(config);
  if (existsSync(file) && readFileSync(file, "utf8") === script) return false;
  writeFileSync(file, script);
  return true;
}

const fileOf = ({ folder }: Place) => join(folder, "nsd.conf");

export const nsdServer: DnsServer = {
  name: "nsd",
  commands: [runNsd.command, "nsd-control", "ldns-signzone", "ldns-keygen", "ldns-read-zone"],
  configure: async (place, config) => {
    // Another key for transfers is no reason to sign again.
    if (saveScript(place, config)) await sign(place);
    writeFileSync(fileOf(place), runNsd.preamble(place.folder, place.port) + config);
  },
  start: (place) => startServer(runNsd.command, runNsd.args(fileOf(place)), place.folder, place.clockAhead),
  // A signal would have it read its zones again, and no key.
  reload: async (place) => {
    await run("nsd-control", ["-c", fileOf(place), "reconfig"]);
    await run("nsd-control", ["-c", fileOf(place), "reload", place.zone]);
  },
  reloadZone: async (place) => {
    await sign(place);
    await run("nsd-control", ["-c", fileOf(place), "reload", place.zone]);
  },
};
