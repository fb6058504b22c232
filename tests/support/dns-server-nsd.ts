import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./dns-processes";
import type { DnsServer, Place } from "./dns-server";
import { startServer } from "./dns-server-process";

/** What a configuration's comments say to run, but for the reload, which needs to know where the server is. */
export function signCommands(config: string): string {
  const commands = [...config.matchAll(/^# {3}(?!nsd-control)(.+)$/gm)];
  return commands.map(([, command]) => command).join("\n");
}

/** NSD does not sign: ldns does, with the commands that the configuration gives. */
async function sign({ folder }: Place, config: string): Promise<void> {
  await run("sh", ["-ec", signCommands(config)], folder);
}

const fileOf = ({ folder }: Place) => join(folder, "nsd.conf");

export const nsdServer: DnsServer = {
  name: "nsd",
  commands: ["nsd", "nsd-control", "ldns-signzone", "ldns-keygen", "ldns-read-zone"],
  configure: async (place, config) => {
    const { zone, folder, port } = place;
    // Only before the first load: another configuration is no reason to sign again.
    if (!existsSync(join(folder, `${zone}.zone.signed`))) await sign(place, config);
    writeFileSync(
      fileOf(place),
      `server:
    ip-address: 127.0.0.1@${port}
    server-count: 1
    username: ""
    zonesdir: "${folder}"
    pidfile: "${folder}/nsd.pid"
    xfrdfile: "${folder}/xfrd.state"
    xfrdir: "${folder}"
    zonelistfile: "${folder}/zone.list"
    database: ""
remote-control:
    control-enable: yes
    control-interface: "${folder}/control"
${config}`,
    );
  },
  start: (place) => startServer("nsd", ["-d", "-c", fileOf(place)], place.folder, place.clockAhead),
  // A signal would have it read its zones again, and no key.
  reload: async (place) => void (await run("nsd-control", ["-c", fileOf(place), "reconfig"])),
  reloadZone: async (place) => {
    await sign(place, readFileSync(fileOf(place), "utf8"));
    await run("nsd-control", ["-c", fileOf(place), "reload", place.zone]);
  },
};
