import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, startServer } from "./dns-processes";
import type { PrimaryKind, SigningAlgorithm } from "./primaries";

const SCHEMA = "/usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql";

/** Its own names, and for RSA the bits before. */
const ALGORITHMS: Readonly<Record<SigningAlgorithm, readonly string[]>> = {
  rsasha256: ["2048", "rsasha256"],
  ecdsap256sha256: ["ecdsa256"],
  ecdsap384sha384: ["ecdsa384"],
  ed25519: ["ed25519"],
};

/** Signs live, NSEC3 without iterations and salt (RFC 9276). */
export const powerdns: PrimaryKind = {
  name: "PowerDNS",
  commands: ["pdns_server", "pdnsutil", "sqlite3"],
  start: async ({ zone, key, notifyPort, denial, algorithm, clockAhead, text, folder, port }) => {
    mkdirSync(join(folder, "run"));
    writeFileSync(join(folder, "zone"), text);
    // The empty settings close what is open by default: AXFR from loopback without TSIG, NOTIFY to the
    // zone's own name servers, and a look-up of a public name at the start.
    writeFileSync(
      join(folder, "pdns.conf"),
      `local-address=127.0.0.1
local-port=${port}
launch=gsqlite3
gsqlite3-database=${folder}/db
gsqlite3-dnssec=yes
primary=yes
allow-axfr-ips=
only-notify=
security-poll-suffix=
socket-dir=${folder}/run
disable-syslog=yes
xfr-cycle-interval=1
zone-cache-refresh-interval=0
`,
    );
    await run("sqlite3", ["db", readFileSync(SCHEMA, "utf8")], folder);
    const util = (...args: string[]) => run("pdnsutil", [`--config-dir=${folder}`, ...args], folder);
    await util("load-zone", zone, "zone");
    await util("set-kind", zone, "primary");
    await util("add-zone-key", zone, "ksk", "active", ...ALGORITHMS[algorithm]);
    await util("add-zone-key", zone, "zsk", "active", ...ALGORITHMS[algorithm]);
    if (denial === "nsec3") await util("set-nsec3", zone, "1 0 0 -");
    await util("rectify-zone", zone);
    await util("import-tsig-key", key.name, key.algorithm, key.secret);
    await util("activate-tsig-key", zone, key.name, "primary");
    await util("set-meta", zone, "ALSO-NOTIFY", `127.0.0.1:${notifyPort}`);
    return startServer(
      "pdns_server",
      [`--config-dir=${folder}`, "--daemon=no", "--guardian=no"],
      folder,
      clockAhead,
    );
  },
  publish: async ({ zone, folder }, text) => {
    writeFileSync(join(folder, "zone"), text);
    const util = (...args: string[]) => run("pdnsutil", [`--config-dir=${folder}`, ...args], folder);
    await util("load-zone", zone, "zone");
    await util("rectify-zone", zone);
  },
};
