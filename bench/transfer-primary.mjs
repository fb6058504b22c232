// @ts-check
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { isInstalled, run, start, until } from "./transfer-tools.mjs";

/** The simulator's first zone. */
export const ZONE = "zone-0000.example";
export const KEY = {
  name: "bench.example",
  algorithm: "hmac-sha512",
  secret: Buffer.alloc(64, 7).toString("base64"),
};

/**
 * @typedef {object} Server
 * @property {string} name
 * @property {string} command
 * @property {string[]} args what stands before the file of its configuration
 * @property {(folder: string, port: number) => string} config
 */

/** @type {Server[]} */
const servers = [
  {
    name: "NSD",
    command: "nsd",
    args: ["-d", "-c"],
    config: (folder, port) => `
server:
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
    control-enable: no
key:
    name: "${KEY.name}"
    algorithm: ${KEY.algorithm}
    secret: "${KEY.secret}"
zone:
    name: "${ZONE}"
    zonefile: "signed"
    provide-xfr: 127.0.0.1 ${KEY.name}
`,
  },
  {
    name: "Knot",
    command: "knotd",
    args: ["-c"],
    config: (folder, port) => `
server:
    rundir: "${folder}"
    listen: 127.0.0.1@${port}
database:
    storage: "${folder}/db"
key:
  - id: ${KEY.name}
    algorithm: ${KEY.algorithm}
    secret: ${KEY.secret}
acl:
  - id: transfer
    key: ${KEY.name}
    action: transfer
zone:
  - domain: ${ZONE}
    file: "${folder}/signed"
    zonefile-sync: -1
    acl: transfer
`,
  },
  {
    name: "BIND",
    command: "named",
    args: ["-g", "-n", "1", "-c"],
    config: (folder, port) => `
key "${KEY.name}" { algorithm ${KEY.algorithm}; secret "${KEY.secret}"; };
options {
  directory "${folder}"; pid-file "named.pid"; session-keyfile "session.key";
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; notify no;
};
controls { };
zone "${ZONE}" { type primary; file "signed"; allow-transfer { key "${KEY.name}"; }; };
`,
  },
];

/** The first server that is installed. */
export function serverFor() {
  return servers.find(({ command }) => isInstalled(command));
}

/**
 * Makes a zone with an address at each name, and signs it offline: with NSEC3 without iterations and salt
 * (RFC 9276).
 * @param {string} folder
 * @param {number} names
 */
export async function signZone(folder, names) {
  const lines = [
    `$ORIGIN ${ZONE}.`,
    "$TTL 300",
    "@ IN SOA ns hostmaster 1 3600 900 1209600 300",
    "@ IN NS ns",
    "ns IN A 127.0.0.1",
    // Two names are there already.
    ...Array.from(
      { length: names - 2 },
      (_, i) => `host-${i} IN A 10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
    ),
  ];
  await writeFile(join(folder, "unsigned"), `${lines.join("\n")}\n`);
  const algorithm = ["-a", "ECDSAP256SHA256", ZONE];
  const keys = [
    await run("ldns-keygen", ["-k", ...algorithm], folder),
    await run("ldns-keygen", algorithm, folder),
  ];
  await run("ldns-signzone", ["-n", "-t", "0", "-o", ZONE, "-f", "signed", "unsigned", ...keys], folder);
}

/**
 * Starts a server on a high loopback port; comes back once it serves the zone.
 * @param {Server} server
 * @param {string} folder
 */
export async function startPrimary({ name, command, args, config }, folder) {
  const port = await freePort();
  const file = join(folder, "server.conf");
  await mkdir(join(folder, "db"));
  await writeFile(file, config(folder, port));
  const { stop, log } = start(command, [...args, file]);
  const question = ["@127.0.0.1", "-p", String(port), "+tries=1", "+time=1", "+short", ZONE, "SOA"];
  try {
    const isServed = async () => {
      const answer = await run("dig", question, folder).catch(() => "");
      return answer.includes("hostmaster") || undefined;
    };
    await until(`${name} serves the zone`, isServed, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

/** A port that was free a moment ago. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return address !== null && typeof address === "object" ? address.port : 0;
}
