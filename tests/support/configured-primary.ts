import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PrimaryConfig } from "../../index";
import { freePort, type RunningServer, run, startServer, until } from "./dns-processes";
import { answers } from "./dns-tools";
import { zoneText } from "./dns-zone-text";

/** A primary that runs on what `primaryConfig` says, and on no more than where to listen and to keep files. */
export interface ConfiguredPrimary {
  readonly port: number;
  readonly log: () => string;
  /** Puts another configuration in place, as an operator would. */
  readonly configure: (config: PrimaryConfig) => Promise<void>;
  /** Puts another version of the unsigned zone in place. */
  readonly publish: (serial: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Place {
  readonly zone: string;
  readonly folder: string;
  readonly port: number;
}

export interface ConfigurableKind {
  readonly name: keyof PrimaryConfig;
  readonly commands: readonly string[];
  /** Writes what is needed besides the configuration; the zone file is there already. */
  prepare(place: Place): Promise<void>;
  /** Writes the configuration. */
  write(place: Place, config: PrimaryConfig): Promise<void>;
  start(place: Place): RunningServer;
  reload(place: Place, server: RunningServer): Promise<void>;
  /** The zone file has changed. */
  reloadZone(place: Place, server: RunningServer): Promise<void>;
}

const nothing = async () => {};

const bind: ConfigurableKind = {
  name: "bind",
  commands: ["named"],
  prepare: nothing,
  write: async ({ folder, port }, { bind: text }) => {
    const options = [
      `directory "${folder}"; pid-file "named.pid"; session-keyfile "session.key";`,
      `listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };`,
      "recursion no; dnssec-validation no; allow-transfer { none; }; notify-delay 0;",
    ];
    writeFileSync(join(folder, "named.conf"), `options {\n${options.join("\n")}\n};\ncontrols { };\n${text}`);
  },
  start: ({ folder }) => startServer("named", ["-g", "-n", "1", "-c", "named.conf"], folder),
  reload: async (_place, server) => server.signal("SIGHUP"),
  reloadZone: async (_place, server) => server.signal("SIGHUP"),
};

const knot: ConfigurableKind = {
  name: "knot",
  commands: ["knotd", "knotc"],
  prepare: async ({ folder }) => {
    for (const name of ["run", "db"]) mkdirSync(join(folder, name));
  },
  write: async ({ folder, port }, { knot: text }) => {
    const server = `server:
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
template:
  - id: default
    storage: "${folder}"
`;
    writeFileSync(join(folder, "knot.conf"), server + text);
  },
  start: ({ folder }) => startServer("knotd", ["-c", "knot.conf"], folder),
  reload: async ({ folder }) => void (await run("knotc", ["-c", "knot.conf", "-b", "reload"], folder)),
  reloadZone: async ({ zone, folder }) =>
    void (await run("knotc", ["-c", "knot.conf", "-b", "zone-reload", zone], folder)),
};

/** Runs the command that the configuration gives for signing, with keys made once. */
async function signForNsd({ folder }: Place, text: string): Promise<void> {
  const command = /Before each load: (.*) KSK ZSK$/m.exec(text)?.[1];
  if (command !== undefined) await run("sh", ["-ec", `${command} ksk zsk`], folder);
}

const nsd: ConfigurableKind = {
  name: "nsd",
  commands: ["nsd", "nsd-control", "ldns-signzone", "ldns-keygen"],
  prepare: async ({ zone, folder }) => {
    for (const [name, flags] of Object.entries({ ksk: "-k ", zsk: "" })) {
      const keygen = `made=$(ldns-keygen ${flags}-a ECDSAP256SHA256 ${zone})`;
      await run(
        "sh",
        ["-ec", `${keygen}; for end in key private; do mv $made.$end ${name}.$end; done`],
        folder,
      );
    }
  },
  write: async (place, { nsd: text }) => {
    const { zone, folder, port } = place;
    // Only before the first load: another configuration is no reason to sign again.
    if (!existsSync(join(folder, `${zone}.zone.signed`))) await signForNsd(place, text);
    const server = `server:
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
    control-enable: yes
    control-interface: "${folder}/control"
`;
    writeFileSync(join(folder, "nsd.conf"), server + text);
  },
  start: ({ folder }) => startServer("nsd", ["-d", "-c", join(folder, "nsd.conf")], folder),
  // A signal would have it read its zones again, and no key.
  reload: async ({ folder }) =>
    void (await run("nsd-control", ["-c", join(folder, "nsd.conf"), "reconfig"], folder)),
  reloadZone: async (place, server) => {
    await signForNsd(place, readFileSync(join(place.folder, "nsd.conf"), "utf8"));
    server.signal("SIGHUP");
  },
};

const SCHEMA = "/usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql";

const powerdns: ConfigurableKind = {
  name: "powerdns",
  commands: ["pdns_server", "pdnsutil", "sqlite3"],
  prepare: async ({ zone, folder, port }) => {
    mkdirSync(join(folder, "run"));
    const settings = {
      "local-address": "127.0.0.1",
      "local-port": port,
      launch: "gsqlite3",
      "gsqlite3-database": `${folder}/db`,
      "gsqlite3-dnssec": "yes",
      "security-poll-suffix": "",
      "socket-dir": `${folder}/run`,
      "disable-syslog": "yes",
      "xfr-cycle-interval": 1,
      "zone-cache-refresh-interval": 0,
    };
    const lines = Object.entries(settings).map(([key, value]) => `${key}=${value}\n`);
    writeFileSync(join(folder, "pdns.conf"), lines.join(""));
    await run("sqlite3", ["db", readFileSync(SCHEMA, "utf8")], folder);
    await run("pdnsutil", [`--config-dir=${folder}`, "load-zone", zone, `${zone}.zone`], folder);
  },
  write: async ({ folder }, { powerdns: text }) => {
    const file = join(folder, "pdns.conf");
    const settings = [...text.matchAll(/^# {3}(\S+=.*)$/gm)].map(([, line]) => `${line}\n`).join("");
    const before = readFileSync(file, "utf8");
    if (!before.includes(settings)) writeFileSync(file, before + settings);
    await run("sh", ["-ec", text.replaceAll(/^pdnsutil/gm, `pdnsutil --config-dir=${folder}`)], folder);
  },
  start: ({ folder }) =>
    startServer("pdns_server", [`--config-dir=${folder}`, "--daemon=no", "--guardian=no"], folder),
  // Its database is what it asks.
  reload: nothing,
  reloadZone: async ({ zone, folder }) => {
    const util = (...args: string[]) => run("pdnsutil", [`--config-dir=${folder}`, ...args], folder);
    await util("load-zone", zone, `${zone}.zone`);
    await util("rectify-zone", zone);
  },
};

export const CONFIGURABLE: readonly ConfigurableKind[] = [bind, knot, nsd, powerdns];

/** Starts a primary of this kind on a high loopback port; answers once it serves the zone. */
export async function startConfigured(
  kind: ConfigurableKind,
  zone: string,
  config: PrimaryConfig,
): Promise<ConfiguredPrimary> {
  const folder = mkdtempSync(join(tmpdir(), `${kind.name}-`));
  const place = { zone, folder, port: await freePort() };
  // Knot counts serials itself, and only when something else has changed.
  const writeZone = (serial: number) =>
    writeFileSync(join(folder, `${zone}.zone`), `${zoneText(zone, serial)}version IN TXT "${serial}"\n`);
  writeZone(1);
  await kind.prepare(place);
  await kind.write(place, config);
  const server = kind.start(place);
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(`${kind.name} serves ${zone}`, () => answers(place.port, zone), server.log);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port: place.port,
    log: server.log,
    configure: async (next) => {
      await kind.write(place, next);
      await kind.reload(place, server);
    },
    publish: async (serial) => {
      writeZone(serial);
      await kind.reloadZone(place, server);
    },
    stop,
  };
}
