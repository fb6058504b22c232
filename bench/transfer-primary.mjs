// @ts-check
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort, running, serve } from "../tools/demo/dns-server.mjs";
import { isInstalled } from "../tools/demo/server-process.mjs";
import { run } from "./transfer-tools.mjs";

/** The simulator's first zone. */
export const ZONE = "zone-0000.example";
export const KEY = {
  name: "bench.example",
  algorithm: "hmac-sha512",
  secret: Buffer.alloc(64, 7).toString("base64"),
};

/** @typedef {import("../tools/demo/dns-server.mjs").Running & { config: string }} Server */

/** @returns {Server[]} */
const servers = () => [
  {
    ...running("Nsd"),
    config: `key:
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
    ...running("Knot"),
    config: `key:
  - id: ${KEY.name}
    algorithm: ${KEY.algorithm}
    secret: ${KEY.secret}
acl:
  - id: transfer
    key: ${KEY.name}
    action: transfer
zone:
  - domain: ${ZONE}
    file: signed
    zonefile-sync: -1
    acl: transfer
`,
  },
  {
    ...running("Bind"),
    config: `key "${KEY.name}" { algorithm ${KEY.algorithm}; secret "${KEY.secret}"; };
zone "${ZONE}" { type primary; file "signed"; notify no; allow-transfer { key "${KEY.name}"; }; };
`,
  },
];

/** The first server that is installed. */
export function serverFor() {
  return servers().find(({ command }) => isInstalled(command));
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
 * Starts a server with the signed zone; comes back once it serves it.
 * @param {Server} server
 * @param {string} folder
 */
export async function startPrimary(server, folder) {
  const port = await freePort();
  const file = join(folder, "server.conf");
  await writeFile(file, server.preamble(folder, port) + server.config);
  const { stop } = await serve(server, { file, port, zone: ZONE });
  return { port, stop };
}
