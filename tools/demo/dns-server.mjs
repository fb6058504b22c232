// @ts-check
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { start } from "./server-process.mjs";

const PATIENCE_MS = 60_000;

/**
 * @typedef {object} Server
 * @property {string} name
 * @property {string} command
 * @property {string[]} args what stands before the file of its configuration
 * @property {(folder: string, port: number) => string} preamble where it listens and keeps files
 */

/** @type {Server} */
export const bind = {
  name: "BIND",
  command: "named",
  args: ["-g", "-n", "1", "-c"],
  preamble: (folder, port) => `options {
  directory "${folder}"; pid-file "named.pid"; session-keyfile "session.key";
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; notify-delay 0;
};
controls { };
`,
};

/** @type {Server} */
export const knot = {
  name: "Knot",
  command: "knotd",
  args: ["-c"],
  preamble: (folder, port) => `server:
    rundir: "${folder}"
    listen: 127.0.0.1@${port}
database:
    storage: "${folder}"
template:
  - id: default
    storage: "${folder}"
`,
};

/**
 * Starts a server on a high loopback port; comes back once it serves the zone.
 * @param {Server} server
 * @param {string} folder
 * @param {string} zone
 * @param {string} config what the server does with the zone
 */
export async function serve({ command, args, preamble }, folder, zone, config) {
  const port = await freePort();
  const file = join(folder, "server.conf");
  await writeFile(file, preamble(folder, port) + config);
  const { log, hasEnded, stop } = start(command, [...args, file]);
  const resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  for (const end = Date.now() + PATIENCE_MS; ; await wait(50)) {
    if (await resolver.resolveSoa(zone).catch(() => undefined)) return { port, stop };
    if (!hasEnded() && Date.now() < end) continue;
    await stop();
    throw new Error(`${command} does not serve ${zone}:\n${log()}`);
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
