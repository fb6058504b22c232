import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runPowerdns } from "../../servers/powerdns/run";
import { run } from "./dns-processes";
import type { DnsServer, Place } from "./dns-server";
import { startServer } from "./dns-server-process";

const SCHEMA = "/usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql";

const fileOf = ({ folder }: Place) => join(folder, "pdns.conf");

/** Shell that has `pdnsutil` mean the database in this folder. */
export function pdnsutilIn(folder: string): string {
  return `pdnsutil() { command pdnsutil --config-dir=${folder} "$@"; }\n`;
}

async function pdnsutil({ folder }: Place, ...args: readonly string[]): Promise<void> {
  await run("pdnsutil", [`--config-dir=${folder}`, ...args], folder);
}

export const powerdnsServer: DnsServer = {
  name: "powerdns",
  commands: [runPowerdns.command, "pdnsutil", "sqlite3"],
  prepare: async (place) => {
    const { zone, folder, port } = place;
    mkdirSync(join(folder, "run"));
    writeFileSync(fileOf(place), runPowerdns.preamble(folder, port));
    await run("sqlite3", ["db", readFileSync(SCHEMA, "utf8")], folder);
    await pdnsutil(place, "load-zone", zone, `${zone}.zone`);
  },
  // Commands, and in comments the settings that they rely on.
  configure: async (place, config) => {
    const { folder } = place;
    const file = fileOf(place);
    const settings = [...config.matchAll(/^# {3}(\S+=.*)$/gm)].map(([, line]) => `${line}\n`).join("");
    const before = readFileSync(file, "utf8");
    if (!before.includes(settings)) writeFileSync(file, before + settings);
    await run("sh", ["-ec", `${pdnsutilIn(folder)}${config}`], folder);
  },
  start: (place) =>
    startServer(runPowerdns.command, runPowerdns.args(fileOf(place)), place.folder, place.clockAhead),
  // Its database is what it asks.
  reload: async () => {},
  reloadZone: async (place) => {
    await pdnsutil(place, "load-zone", place.zone, `${place.zone}.zone`);
    await pdnsutil(place, "rectify-zone", place.zone);
  },
};
