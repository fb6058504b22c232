// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort, running, serve } from "./dns-server.mjs";
import { KINDS } from "./server-kinds.mjs";
import { isInstalled } from "./server-process.mjs";

/** @typedef {import("./server-kinds.mjs").Config} Config */

/**
 * @typedef {object} Primary
 * @property {string} name
 * @property {keyof Config} part what of `primaryConfig` is for it
 * @property {"short" | "long"} keyTtl whether its DNSKEY may be forgotten while one looks on
 * @property {number} port
 * @property {(config: Config) => Promise<void>} take puts on it what `primaryConfig` says
 * @property {() => Promise<void>} stop
 */

/**
 * A primary that is installed on this machine, on a loopback port.
 * @param {string} part
 * @param {string} folder
 * @param {string} zone
 * @returns {Promise<Primary>}
 */
export async function installedPrimary(part, folder, zone) {
  if (!isPart(part)) throw new Error(`--primary is ${part}; allowed: ${Object.keys(KINDS).join(", ")}`);
  const kind = KINDS[part];
  const how = running(kind.name);
  const missing = [how.command, ...kind.tools].filter((command) => !isInstalled(command));
  if (missing.length > 0) throw new Error(`--primary is ${part}, and not installed: ${missing.join(", ")}`);
  const port = await freePort();
  const own = join(folder, part);
  const place = { folder: own, zone, preamble: how.preamble(own, port) };
  await mkdir(own, { recursive: true });
  await writeFile(join(own, `${zone}.zone`), zoneText(zone));
  await kind.prepare?.(place);
  let stop = async () => {};
  return {
    name: how.server,
    part,
    keyTtl: "long",
    port,
    async take(config) {
      await stop();
      await kind.configure(place, config[part]);
      ({ stop } = await serve(how, { file: join(own, kind.file), port, zone }));
    },
    stop: () => stop(),
  };
}

/**
 * @param {string} text
 * @returns {text is keyof Config}
 */
function isPart(text) {
  return Object.hasOwn(KINDS, text);
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
