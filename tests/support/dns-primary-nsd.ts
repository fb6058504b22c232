import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, startServer } from "./dns-processes";
import type { Ground, PrimaryKind } from "./primaries";

/** NSD does not sign: ldns does, offline, with NSEC3 without iterations and salt (RFC 9276). */
async function sign({ zone, folder, denial }: Ground, text: string, keys: readonly string[]): Promise<void> {
  writeFileSync(join(folder, "unsigned"), text);
  const nsec3 = denial === "nsec3" ? ["-n", "-t", "0"] : [];
  await run("ldns-signzone", [...nsec3, "-o", zone, "-f", "signed", "unsigned", ...keys], folder);
}

async function makeKey(
  { zone, folder, algorithm }: Ground,
  isSigningKey: boolean,
  name: string,
): Promise<void> {
  const made = await run(
    "ldns-keygen",
    [...(isSigningKey ? ["-k"] : []), "-a", algorithm.toUpperCase(), zone],
    folder,
  );
  for (const end of ["key", "private"]) await run("mv", [`${made.trim()}.${end}`, `${name}.${end}`], folder);
}

const KEYS = ["ksk", "zsk"] as const;

export const nsd: PrimaryKind = {
  name: "NSD",
  commands: ["nsd", "ldns-signzone", "ldns-keygen"],
  start: async (ground) => {
    const { zone, key, notifyPort, allowFrom = "127.0.0.1", clockAhead, text, folder, port } = ground;
    for (const name of KEYS) await makeKey(ground, name === "ksk", name);
    await sign(ground, text, KEYS);
    const config = join(folder, "nsd.conf");
    writeFileSync(
      config,
      `server:
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
    name: "${key.name}"
    algorithm: ${key.algorithm}
    secret: "${key.secret}"
zone:
    name: "${zone}"
    zonefile: "signed"
    provide-xfr: ${allowFrom} ${key.name}
    notify: 127.0.0.1@${notifyPort} ${key.name}
`,
    );
    return startServer("nsd", ["-d", "-c", config], folder, clockAhead);
  },
  publish: async (ground, text, server) => {
    await sign(ground, text, KEYS);
    server.signal("SIGHUP");
  },
};
