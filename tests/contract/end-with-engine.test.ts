import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { compiled } from "../support/compiled";
import { controlOf } from "../support/control";

jest.setTimeout(60_000);

const TSIGS = 40;

/** Makes TSIGs one after the other, as a provider does whose engine asks for them. */
const PROVIDER = `
const { tsig } = require("../provider/runtime");
const [accountId, many] = process.argv.slice(3);
(async () => {
  await tsig.configure({ config: { get: () => undefined } });
  for (let index = 0; index < Number(many); index += 1) {
    const { inputs } = await tsig.check({}, { accountId, name: "key" + index + ".example." });
    await tsig.create(inputs);
  }
})();`;

/** As the engine starts a provider: with a pipe to its standard input. "shell" is Pulumi's own launcher, "exec" ours. */
const ENGINE = `
const { spawn } = require("node:child_process");
const [launcher, stdin, ...args] = process.argv.slice(2);
const run = launcher === "exec" ? 'exec node "$@"' : 'node "$@"; exit $?';
spawn("sh", ["-c", run, "sh", ...args], { stdio: [stdin, "inherit", "inherit"], detached: true });
setInterval(() => {}, 1_000);`;

let folder: string;
let simulator: Simulator;
let engine: ChildProcess;
let underWay: Promise<void>;

beforeAll(() => {
  folder = compiled("provider", "servers");
  for (const name of ["dynamic-provider", "another"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "index.js"), PROVIDER);
  }
  writeFileSync(join(folder, "engine.js"), ENGINE);
});

/** A program that makes TSIGs for an engine; resolved when some of them are made. */
async function start(launcher: "exec" | "shell", stdin: "pipe" | "ignore", program: string, many: number) {
  let seen = () => {};
  underWay = new Promise((resolve) => {
    seen = resolve;
  });
  let made = 0;
  simulator = await startSimulator({
    latencyMs: 20,
    log: (line) => {
      made += line.includes("POST") ? 1 : 0;
      if (made === 3) seen();
    },
  });
  const script = join(folder, program, "index.js");
  const args = [
    join(folder, "engine.js"),
    launcher,
    stdin,
    script,
    "127.0.0.1:1",
    simulator.accountId,
    String(many),
  ];
  const env = {
    PATH: process.env.PATH,
    CLOUDFLARE_API_TOKEN: simulator.cloudflareToken,
    CLOUDFLARE_BASE_URL: simulator.cloudflare,
  };
  engine = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  // Ends when the last process ends that has it: the provider.
  const gone = once(engine.stdout?.resume() ?? engine, "close");
  await underWay;
  return { gone };
}

const tsigs = async () => Object.keys((await controlOf(simulator).state()).tsigs).length;

afterEach(async () => {
  engine.kill("SIGKILL");
  await simulator.close();
});

test.each(["exec", "shell"] as const)(
  "a provider whose engine is killed alone ends at once, and makes nothing more (launcher: %s)",
  async (launcher) => {
    const { gone } = await start(launcher, "pipe", "dynamic-provider", TSIGS);
    engine.kill("SIGKILL");
    await gone;
    const made = await tsigs();
    // Those that were made, and the one that was under way.
    expect(made).toBeGreaterThanOrEqual(3);
    expect(made).toBeLessThanOrEqual(5);
  },
);

test.each([
  ["a provider that got no pipe from its engine", "ignore", "dynamic-provider"],
  ["a process that is no provider", "pipe", "another"],
] as const)("%s goes on to its end", async (_title, stdin, program) => {
  const { gone } = await start("exec", stdin, program, 6);
  engine.kill("SIGKILL");
  await gone;
  expect(await tsigs()).toBe(6);
});
