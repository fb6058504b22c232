import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./dns-processes";
import type { DnsServer, Place } from "./dns-server";
import { startServer } from "./dns-server-process";

const SCHEMA = "/usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql";

/** Shell that has `pdnsutil` mean the database in this folder. */
export function pdnsutilIn(folder: string): string {
  return `pdnsutil() { command pdnsutil --config-dir=${folder} "$@"; }\n`;
}

async function pdnsutil({ folder }: Place, ...args: readonly string[]): Promise<void> {
  await run("pdnsutil", [`--config-dir=${folder}`, ...args], folder);
}

export const powerdnsServer: DnsServer = {
  name: "powerdns",
  commands: ["pdns_server", "pdnsutil", "sqlite3"],
  prepare: async (place) => {
    const { zone, folder, port } = place;
    mkdirSync(join(folder, "run"));
    // Without a suffix, it does not look up a public name at the start.
    writeFileSync(
      join(folder, "pdns.conf"),
      `local-address=127.0.0.1
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
    );
    await run("sqlite3", ["db", readFileSync(SCHEMA, "utf8")], folder);
    await pdnsutil(place, "load-zone", zone, `${zone}.zone`);
  },
  // Commands, and in comments the settings that they rely on.
  configure: async ({ folder }, config) => {
    const file = join(folder, "pdns.conf");
    const settings = [...config.matchAll(/^# {3}(\S+=.*)$/gm)].map(([, line]) => `${line}\n`).join("");
    const before = readFileSync(file, "utf8");
    if (!before.includes(settings)) writeFileSync(file, before + settings);
    await run("sh", ["-ec", `${pdnsutilIn(folder)}${config}`], folder);
  },
  start: ({ folder, clockAhead }) =>
    startServer(
      "pdns_server",
      [`--config-dir=${folder}`, "--daemon=no", "--guardian=no"],
      folder,
      clockAhead,
    ),
  // Its database is what it asks.
  reload: async () => {},
  reloadZone: async (place) => {
    await pdnsutil(place, "load-zone", place.zone, `${place.zone}.zone`);
    await pdnsutil(place, "rectify-zone", place.zone);
  },
};
