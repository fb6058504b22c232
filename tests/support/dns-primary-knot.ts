import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, startServer } from "./dns-processes";
import type { PrimaryKind } from "./primaries";

/** Signs in line, NSEC3 without iterations and salt (RFC 9276). */
export const knot: PrimaryKind = {
  name: "Knot",
  commands: ["knotd", "knotc"],
  start: async ({ zone, key, notifyPort, allowFrom, denial, algorithm, clockAhead, text, folder, port }) => {
    for (const name of ["run", "db"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "zone"), text);
    writeFileSync(
      join(folder, "knot.conf"),
      `server:
    rundir: "${folder}/run"
    listen: 127.0.0.1@${port}
    tcp-workers: 1
    udp-workers: 1
    background-workers: 1
log:
  - target: stderr
    any: info
database:
    storage: "${folder}/db"
key:
  - id: ${key.name}
    algorithm: ${key.algorithm}
    secret: ${key.secret}
remote:
  - id: secondary
    address: 127.0.0.1@${notifyPort}
    key: ${key.name}
acl:
  - id: transfer
    key: ${key.name}
    action: transfer
${allowFrom ? `    address: ${allowFrom}\n` : ""}policy:
  - id: presigned
    algorithm: ${algorithm}
    nsec3: ${denial === "nsec3" ? "on" : "off"}
    nsec3-iterations: 0
    nsec3-salt-length: 0
zone:
  - domain: ${zone}
    file: "${folder}/zone"
    zonefile-sync: -1
    zonefile-load: difference-no-serial
    journal-content: all
    dnssec-signing: on
    dnssec-policy: presigned
    notify: secondary
    acl: transfer
`,
    );
    return startServer("knotd", ["-c", "knot.conf"], folder, clockAhead);
  },
  publish: async ({ zone, folder }, text) => {
    writeFileSync(join(folder, "zone"), text);
    await run("knotc", ["-c", "knot.conf", "-b", "zone-reload", zone], folder);
  },
};
