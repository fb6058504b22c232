import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./dns-processes";
import type { DnsServer, Place } from "./dns-server";
import { startServer } from "./dns-server-process";

async function makeKey({ zone, folder, algorithm }: Place, name: "ksk" | "zsk"): Promise<void> {
  const flags = name === "ksk" ? ["-k"] : [];
  const made = await run("ldns-keygen", [...flags, "-a", algorithm.toUpperCase(), zone], folder);
  for (const end of ["key", "private"]) {
    renameSync(join(folder, `${made.trim()}.${end}`), join(folder, `${name}.${end}`));
  }
}

/** NSD does not sign: ldns does, with the command that the configuration gives. */
async function sign({ folder }: Place, config: string): Promise<void> {
  const command = /Before each load: (.*) KSK ZSK$/m.exec(config)?.[1];
  if (command !== undefined) await run("sh", ["-ec", `${command} ksk zsk`], folder);
}

const fileOf = ({ folder }: Place) => join(folder, "nsd.conf");

export const nsdServer: DnsServer = {
  name: "nsd",
  commands: ["nsd", "nsd-control", "ldns-signzone", "ldns-keygen"],
  prepare: async (place) => {
    await makeKey(place, "ksk");
    await makeKey(place, "zsk");
  },
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
  reloadZone: async (place, server) => {
    await sign(place, readFileSync(fileOf(place), "utf8"));
    server.signal("SIGHUP");
  },
};
