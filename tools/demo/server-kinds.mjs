// @ts-check
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mustRun } from "../driver/command.cjs";
import { searchPath } from "./server-process.mjs";

/** @typedef {import("../../servers/index.js").PrimaryConfig} Config */

/**
 * @typedef {object} Place a server's own folder, in which the zone, not signed, is in `<zone>.zone`
 * @property {string} folder
 * @property {string} zone
 * @property {string} preamble where it listens and keeps its files: stands before its configuration
 */

/**
 * @typedef {object} Kind
 * @property {"Bind" | "Knot" | "Nsd" | "Powerdns"} name
 * @property {string} file of its configuration
 * @property {readonly string[]} tools what must be installed beside the server
 * @property {(place: Place) => Promise<void>} [prepare] once, before the first configuration
 * @property {(place: Place, config: string) => Promise<void>} configure as its part of `primaryConfig` says
 */

const PDNS_CONF = "pdns.conf";

/** Those whose part is a configuration file and nothing more. @type {Kind["configure"]} */
const write = ({ folder, preamble }, config) => writeFile(join(folder, FILE), preamble + config);

const FILE = "server.conf";

/** @type {Record<keyof Config, Kind>} */
export const KINDS = {
  bind: { name: "Bind", file: FILE, tools: [], configure: write },
  knot: { name: "Knot", file: FILE, tools: [], configure: write },
  nsd: {
    name: "Nsd",
    file: FILE,
    tools: ["ldns-signzone", "ldns-keygen", "ldns-read-zone"],
    // It does not sign: the comments are a script that does. Its last line is for a server that runs already.
    async configure(place, config) {
      await shell(
        place,
        commented(config)
          .filter((line) => !line.startsWith("nsd-control"))
          .join("\n"),
      );
      await write(place, config);
    },
  },
  powerdns: {
    name: "Powerdns",
    file: PDNS_CONF,
    tools: ["pdnsutil", "sqlite3"],
    async prepare(place) {
      const schema = SCHEMAS.find((path) => existsSync(path));
      if (schema === undefined)
        throw new Error(`PowerDNS's schema for SQLite is not installed: ${SCHEMAS.join(" or ")}`);
      await mkdir(join(place.folder, "run"));
      await writeFile(join(place.folder, PDNS_CONF), place.preamble);
      await shell(place, `sqlite3 db < ${schema}`);
      await shell(place, `pdnsutil --config-dir=. load-zone ${place.zone} ${place.zone}.zone`);
    },
    // Commands, and in the comments the settings that they rely on.
    async configure(place, config) {
      const settings = commented(config).filter((line) => /^\S+=/.test(line));
      await writeFile(join(place.folder, PDNS_CONF), `${place.preamble}${settings.join("\n")}\n`);
      await shell(place, `pdnsutil() { command pdnsutil --config-dir=. "$@"; }\n${config}`);
    },
  },
};

const SCHEMAS = [
  "/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql",
  "/usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql",
  "/usr/share/doc/pdns/schema.sqlite3.sql",
];

/**
 * What an operator takes out of the comments: they are set off by three spaces.
 * @param {string} config
 */
function commented(config) {
  return [...config.matchAll(/^# {3}(.+)$/gm)].map(([, line = ""]) => line);
}

/**
 * @param {Place} place
 * @param {string} commands
 */
async function shell({ folder }, commands) {
  await mustRun("sh", ["-ec", commands], { cwd: folder, env: { ...process.env, PATH: searchPath } });
}
