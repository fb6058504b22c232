// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { running, serve } from "./dns-server.mjs";
import { isInstalled } from "./server-process.mjs";

/** @typedef {{ bind: string, knot: string }} Config the parts of `primaryConfig` that are used here */

/** Those that sign by themselves. @type {["Bind" | "Knot", (config: Config) => string][]} */
const kinds = [
  ["Bind", (config) => config.bind],
  ["Knot", (config) => config.knot],
];

/**
 * A primary on a loopback port, set up as `primaryConfig` says. One that is installed may still not start, when
 * it is old or AppArmor keeps it out of temporary folders: then the next one has its turn.
 * @param {{ folder: string, zone: string, config: Config, say: (line: string) => void }} wish
 */
export async function startPrimary({ folder, zone, config, say }) {
  for (const [name, configOf] of kinds) {
    const how = running(name);
    if (!isInstalled(how.command)) continue;
    const own = join(folder, how.command);
    await mkdir(own, { recursive: true });
    await writeFile(join(own, `${zone}.zone`), zoneText(zone));
    try {
      return { name: how.server, ...(await serve(how, own, zone, configOf(config))) };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const [what, ...log] = text.trimEnd().split("\n");
      say(`${what} ${log.at(-1) ?? ""}`);
    }
  }
  return undefined;
}

/** @param {string} zone */
function zoneText(zone) {
  return `$ORIGIN ${zone}.
$TTL 300
@ SOA ns1 hostmaster 1 3600 900 1209600 300
@ NS ns1
@ A 192.0.2.10
ns1 A 192.0.2.53
www CNAME @
`;
}
