// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, constants, mkdir, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Debian keeps servers where an ordinary user's PATH does not look. */
export const searchPath = [process.env.PATH, "/usr/local/sbin", "/usr/sbin"].filter(Boolean).join(delimiter);

/** @typedef {{ bind: string, knot: string }} Config the parts of `primaryConfig` that are used here */
/** @typedef {{ folder: string, zone: string, port: number, config: Config }} Place */
/** @typedef {{ name: string, command: string, args: string[], prepare: (place: Place) => Promise<void> }} Kind */

/** @type {Kind[]} */
const kinds = [
  {
    name: "BIND",
    command: "named",
    args: ["-g", "-n", "1", "-c", "named.conf"],
    prepare: ({ folder, port, config }) =>
      writeFile(
        join(folder, "named.conf"),
        `options {
  directory "${folder}"; pid-file "named.pid"; session-keyfile "session.key";
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; notify-delay 0;
};
controls { };
${config.bind}`,
      ),
  },
  {
    name: "Knot",
    command: "knotd",
    args: ["-c", "knot.conf"],
    prepare: async ({ folder, port, config }) => {
      for (const name of ["run", "db"]) await mkdir(join(folder, name));
      await writeFile(
        join(folder, "knot.conf"),
        `server:
    rundir: "${folder}/run"
    listen: 127.0.0.1@${port}
database:
    storage: "${folder}/db"
template:
  - id: default
    storage: "${folder}"
${config.knot}`,
      );
    },
  },
];

/** The first server that is installed here. */
export async function installedPrimary() {
  for (const kind of kinds) if (await isInstalled(kind.command)) return kind;
  return undefined;
}

/** @param {string} command */
export async function isInstalled(command) {
  const found = await Promise.all(
    searchPath.split(delimiter).map((folder) =>
      access(join(folder, command), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

/**
 * A primary on a loopback port, set up as `primaryConfig` says; it signs the zone by itself.
 * @param {Kind} kind
 * @param {{ folder: string, zone: string, config: Config }} wish
 */
export async function startPrimary(kind, { folder, zone, config }) {
  await mkdir(folder);
  await writeFile(join(folder, `${zone}.zone`), zoneText(zone));
  const port = await freePort();
  await kind.prepare({ folder, zone, port, config });
  const child = spawn(kind.command, kind.args, {
    cwd: folder,
    env: { ...process.env, PATH: searchPath },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log += chunk));
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill();
    await ended;
  };
  try {
    await Promise.race([
      listens(port),
      ended.then(() => {
        throw new Error(`${kind.command} ended:\n${log}`);
      }),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
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

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}

/** @param {number} port */
async function listens(port) {
  for (const end = Date.now() + 30_000; ; ) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await wait(50);
    } finally {
      socket.destroy();
    }
  }
}
