import { readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort, PATH } from "../dns-processes";
import { startRelay } from "../lab/relay";
import { type Distribution, distributions } from "./distributions";
import { Shell } from "./shell";
import type { Substitution } from "./walk";

/** A machine with a DNS server as Debian installs it, in a folder, and on a loopback address of its own. */
export interface PrimaryMachine {
  /** Where files that are copied to it go. */
  readonly home: string;
  /** Where root is logged in. */
  readonly terminal: Shell;
  /** Where its files are in place of those of this machine. */
  readonly paths: readonly Substitution[];
  log(): string;
  stop(): Promise<void>;
}

export async function startMachine(
  server: keyof typeof distributions,
  address: string,
): Promise<PrimaryMachine> {
  const root = await mkdtemp(join(tmpdir(), `machine-${server}-`));
  const ports = { dns: await freePort(), control: await freePort() };
  // The server runs as a user of its own, as it does there.
  await chmod(root, 0o755);
  const machine: Distribution = distributions[server](root, ports);
  for (const [name, text] of Object.entries(machine.files)) await put(join(root, name), text);
  for (const [name, text] of Object.entries({ ...commandsOf(machine), systemctl: systemctl(machine, root) }))
    await put(join(root, "bin", name), `#!/bin/sh\n${text}\n`, 0o755);
  const home = join(root, "root");
  await mkdir(home);

  const env = { PATH: `${root}/bin:${PATH}`, HOME: home };
  const terminal = new Shell({ folder: home, env });
  const log = () => readFileSync(join(root, "log"), "utf8");
  const relay = await startRelay(address, ports.dns);
  const stop = async () => {
    await relay.stop();
    await terminal.run("systemctl stop");
    await rm(root, { recursive: true, force: true });
  };
  await terminal.run(machine.prepare);
  await terminal.run("systemctl start").catch((error) => {
    throw new Error(`${error}\n${log()}`);
  });
  return { home, terminal, paths: ["/etc/", "/var/"].map((path) => [path, `${root}${path}`]), log, stop };
}

async function put(file: string, text: string, mode = 0o644): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { mode });
}

/** In place of the server's own, which would talk to a server of this machine. */
function commandsOf({ commands }: Distribution): Record<string, string> {
  const entries = Object.entries(commands).map(([name, args]) => [
    name,
    `PATH='${PATH}' exec ${name} ${args}`,
  ]);
  return Object.fromEntries(entries);
}

function systemctl({ start, isRunning }: Distribution, root: string): string {
  return `set -eu
start() {
  ${start} >> ${root}/log 2>&1 < /dev/null &
  echo $! > ${root}/pid
  for _ in $(seq 400); do ${isRunning} > /dev/null 2>&1 && return; sleep 0.05; done
  exit 1
}
stop() {
  kill "$(cat ${root}/pid)"
  while kill -0 "$(cat ${root}/pid)" 2> /dev/null; do sleep 0.05; done
}
case $1 in start) start ;; stop) stop ;; restart) stop; start ;; *) exit 64 ;; esac`;
}
