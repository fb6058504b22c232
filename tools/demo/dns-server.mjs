// @ts-check
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { root } from "../setup/run.mjs";
import { start } from "./server-process.mjs";

const PATIENCE_MS = 60_000;

/** @typedef {import("../../servers/running.js").Running} Running */

/**
 * How this server is run, as the compiled package has it.
 * @param {import("./server-kinds.mjs").Kind["name"]} name
 * @returns {Running}
 */
export function running(name) {
  const load = createRequire(import.meta.url);
  return load(join(root, "dist/servers", name.toLowerCase(), "run"))[`run${name}`];
}

/**
 * Starts a server on a loopback port; comes back once it serves the zone.
 * @param {Running} server
 * @param {{ file: string, port: number, zone: string }} wish `file`: that of its configuration
 */
export async function serve({ command, args }, { file, port, zone }) {
  const { log, hasEnded, stop } = start(command, [...args(file)]);
  const resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  for (const end = Date.now() + PATIENCE_MS; ; await wait(50)) {
    if (await resolver.resolveSoa(zone).catch(() => undefined)) return { stop };
    if (!hasEnded() && Date.now() < end) continue;
    await stop();
    throw new Error(`${command} does not serve ${zone}:\n${log()}`);
  }
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
