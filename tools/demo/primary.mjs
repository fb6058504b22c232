// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort, running, serve } from "./dns-server.mjs";
import { isInstalled } from "./server-process.mjs";

/** @typedef {{ bind: string, knot: string }} Config the parts of `primaryConfig` that are used here */

/**
 * @typedef {object} Primary
 * @property {string} name
 * @property {"short" | "long"} keyTtl whether its DNSKEY may be forgotten while one looks on
 * @property {number} port
 * @property {(config: Config) => Promise<void>} take puts on it what `primaryConfig` says
 * @property {() => Promise<void>} stop
 */

/** Those that sign by themselves. @type {Record<string, ["Bind" | "Knot", (config: Config) => string]>} */
const KINDS = {
  bind: ["Bind", (config) => config.bind],
  knot: ["Knot", (config) => config.knot],
};

/**
 * A primary that is installed on this machine, on a loopback port.
 * @param {string} kind
 * @param {string} folder
 * @param {string} zone
 * @returns {Promise<Primary>}
 */
export async function installedPrimary(kind, folder, zone) {
  const known = KINDS[kind];
  if (known === undefined) throw new Error(`--primary is ${kind}; allowed: ${Object.keys(KINDS).join(", ")}`);
  const [name, configOf] = known;
  const how = running(name);
  if (!isInstalled(how.command)) throw new Error(`--primary is ${kind}, and ${how.command} is not installed`);
  const own = join(folder, how.command);
  await mkdir(own, { recursive: true });
  await writeFile(join(own, `${zone}.zone`), zoneText(zone));
  const port = await freePort();
  let stop = async () => {};
  return {
    name: how.server,
    keyTtl: "long",
    port,
    async take(config) {
      await stop();
      ({ stop } = await serve(how, { folder: own, port, zone, config: configOf(config) }));
    },
    stop: () => stop(),
  };
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
