import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as fc from "fast-check";
import { type Simulator, startSimulator } from "../../simulator";
import { controlOf } from "../support/control";
import { createStack, credentials, type Stack } from "../support/stack";

/** Milliseconds in which a provider notices on a busy machine that its engine is gone. */
const LAST_WORDS = 10_000;

const TSIGS = 8;
const PEERS = 3;
const ZONES = 3;
const ROUNDS = 6;
const KILLS_A_ROUND = 6;

/** Who dies: the engine alone, its provider alone, or both at once. Each of them dies in each round. */
const VICTIMS = ["engine", "provider", "both"] as const;

/** When the simulator has seen so many requests of this run, and how many milliseconds after. */
const moment = fc.record({
  afterRequests: fc.integer({ min: 1, max: 12 }),
  delay: fc.integer({ min: 0, max: 60 }),
});

interface Kill {
  readonly victim: (typeof VICTIMS)[number];
  readonly afterRequests: number;
  readonly delay: number;
}

const program = (adopt: boolean) => `
const { HostupDnssecAuto, IncomingTransfer, TransferPeer, Tsig, ZoneDnssec } = require("pulumi-secondary-dns");
const { accountId, zones, domains } = JSON.parse(process.env.TEST_TARGETS);
const keys = Array.from({ length: ${TSIGS} }, (_, i) => new Tsig("key" + i, { accountId, name: "key" + i + ".example." }));
const peer = (i) => ({ accountId, name: "peer" + i, ip: "127.0.0.1", port: 9, tsigId: keys[i].tsigId, adopt: ${adopt} });
const peers = Array.from({ length: ${PEERS} }, (_, i) => new TransferPeer("peer" + i, peer(i)).peerId);
for (const { id: zoneId, name } of zones) {
  new ZoneDnssec(zoneId, { zoneId, dnssecUseNsec3: true });
  new IncomingTransfer(zoneId, { zoneId, name, peers });
}
for (const { id } of domains) new HostupDnssecAuto(id, { domainId: id });
`;

const seed = Number(process.env.KILL_SEED ?? Date.now() % 2 ** 31);
const kills = fc
  .sample(moment, { seed, numRuns: ROUNDS * KILLS_A_ROUND })
  .map((each, index): Kill => ({ ...each, victim: VICTIMS[index % VICTIMS.length] ?? "both" }));
const rounds = chunks(kills, KILLS_A_ROUND);

test.each(rounds.map((kills, round) => ({ round, kills })))(
  `an up of 20 resources that was killed goes on where it stopped (KILL_SEED=${seed}, round $round)`,
  async ({ kills }) => {
    let seen = () => {};
    // Slow enough that a kill finds calls under way.
    const simulator = await startSimulator({ zones: ZONES, latencyMs: 40, log: () => seen() });
    try {
      const stack = await createStack({
        files: { "index.js": program(false) },
        env: { ...credentials(simulator), TEST_TARGETS: JSON.stringify(targets(simulator)) },
      });
      for (const each of kills) await killed(stack, each, (listener) => (seen = listener));
      await afterDeath(stack);
      await bringUp(stack);
      await expectExactlyTheWanted(stack, simulator);
    } finally {
      await simulator.close();
    }
  },
);

/** Nothing tells whose a peer is that was made and not saved, so the user has to say: for one `up`. */
async function bringUp(stack: Stack): Promise<void> {
  const { code, output } = await stack.pulumi("up", "--yes", "--skip-preview");
  if (code === 0) return;
  expect(output).toContain("set adopt to true to take it over");
  await stack.write({ "index.js": program(true) });
  await stack.up();
  await stack.write({ "index.js": program(false) });
  await stack.up();
}

/** An up that dies as told; one that has nothing left to do just ends. */
async function killed(
  stack: Stack,
  { victim, afterRequests, delay }: Kill,
  onRequest: (listener: () => void) => void,
): Promise<void> {
  await afterDeath(stack);
  const child = spawn("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive"], {
    cwd: stack.folder,
    env: stack.env,
    stdio: "ignore",
    detached: true,
  });
  const ended = once(child, "close");
  let requests = 0;
  onRequest(() => {
    requests += 1;
    if (requests === afterRequests) setTimeout(() => strike(child, victim, stack.folder), delay);
  });
  await ended;
  // A provider whose engine died has to end by itself, and must not go on while the next one makes things again.
  await providersGone(stack.folder);
  onRequest(() => {});
  // The language host and the program, which write nothing, go on for a while.
  signalGroup(child);
}

async function providersGone(folder: string): Promise<void> {
  const deadline = Date.now() + LAST_WORDS;
  while (providersIn(folder).length > 0) {
    if (Date.now() > deadline) throw new Error("the provider goes on without its engine");
    await pause(20);
  }
}

/** The last checkpoint of each stack that could be read. */
const readable = new WeakMap<Stack, string>();

/**
 * What a killed engine leaves of a file backend is the user's to repair: the lock, and a checkpoint that
 * was cut off while it was written. A back-up is older, so it may lack what was just made.
 */
async function afterDeath(stack: Stack): Promise<void> {
  const names = await readdir(join(stack.folder, ".backend"), { recursive: true });
  // Each file has another beside it with its attributes, and one that was cut off hides the file.
  for (const each of names.filter((name) => name.endsWith(".attrs"))) {
    const attributes = join(stack.folder, ".backend", each);
    if (jsonIn(attributes) === undefined) await rm(attributes, { force: true });
  }
  await stack.pulumi("cancel", "--yes");
  // Once in some hundred kills a lock is left all the same.
  await rm(join(stack.folder, ".backend/.pulumi/locks"), { recursive: true, force: true });
  const name = names.find((each) => /\/stacks\/.*\/test\.json$/.test(each));
  if (name === undefined) throw new Error("the stack has no checkpoint");
  const checkpoint = join(stack.folder, ".backend", name);
  const [first] = [checkpoint, `${checkpoint}.bak`].map(jsonIn).filter((text) => text !== undefined);
  const text = first ?? readable.get(stack);
  if (text === undefined) throw new Error("the stack never had a checkpoint that can be read");
  readable.set(stack, text);
  await writeFile(checkpoint, text);
}

function jsonIn(file: string): string | undefined {
  try {
    const text = readFileSync(file, "utf8");
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

function strike(child: ChildProcess, victim: Kill["victim"], folder: string): void {
  // Providers are in process groups of their own.
  const providers = victim === "engine" ? [] : providersIn(folder);
  if (victim !== "provider") child.kill("SIGKILL");
  for (const pid of providers) signal(pid);
}

function signalGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) signal(-pid);
}

function signal(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

/** The dynamic-provider processes that work for this stack. */
function providersIn(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return (
          command.includes("dynamic-provider") &&
          readFileSync(`/proc/${pid}/environ`, "utf8").includes(folder)
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function expectExactlyTheWanted(stack: Stack, simulator: Simulator): Promise<void> {
  const { tsigs, peers, zones, domains } = await controlOf(simulator).state();
  expect(namesOf(tsigs)).toEqual(numbered(TSIGS, (i) => `key${i}.example.`));
  expect(namesOf(peers)).toEqual(numbered(PEERS, (i) => `peer${i}`));
  for (const { dnssec, incoming } of Object.values(zones)) {
    expect(dnssec).toMatchObject({ status: "pending", dnssec_use_nsec3: true });
    expect(incoming?.peers).toEqual(Object.keys(peers).sort());
  }
  expect(Object.values(domains).every(({ dnssecAuto }) => dnssecAuto.isEnabled)).toBe(true);

  const inState = await stack.resources();
  const saved = (key: string) =>
    inState.flatMap(({ type, outputs }) => (type.endsWith(key) ? [outputs] : []));
  expect(
    saved(":Tsig")
      .map((outputs) => outputs?.tsigId)
      .sort(),
  ).toEqual(Object.keys(tsigs).sort());
  expect(
    saved(":TransferPeer")
      .map((outputs) => outputs?.peerId)
      .sort(),
  ).toEqual(Object.keys(peers).sort());
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
}

function namesOf(objects: Readonly<Record<string, { readonly name: string }>>): string[] {
  return Object.values(objects)
    .map(({ name }) => name)
    .sort();
}

function numbered(count: number, name: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => name(index)).sort();
}

function targets(simulator: Simulator) {
  return {
    accountId: simulator.accountId,
    zones: simulator.zones,
    domains: simulator.domains,
  };
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
