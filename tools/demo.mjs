// @ts-check
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./setup/run.mjs";
import { setup } from "./setup.mjs";

/** Lines of the CLI that tell nothing new in a story: headings, progress, counts of time, advice for later. */
const noise = [
  /^\s*$/,
  /^@ /,
  /^(Previewing|Updating|Destroying) /,
  /^Resources:$/,
  /^Duration:/,
  /^Outputs:$/,
  /^The resources in the stack|^If you want to remove/,
  /pulumi:pulumi:Stack/,
  / (creating|updating|deleting|refreshing|reading)( \(\d|\s|$)/,
  /\] refresh(ed)?\s/,
  / refresh( \(\d+\.\d+s\))? $/,
  /^ {4}\S+:\S+ \S+ (running|\s*)$/,
];

/**
 * The main job, told by the real engine against the simulator: preview, up, drift, heal, destroy.
 * Everything it writes is in a folder that it deletes, so a user's own Pulumi is not touched.
 */
async function demo() {
  const engine = await setup();
  const folder = await mkdtemp(join(tmpdir(), "secondary-dns-demo-"));
  const { startSimulator } = createRequire(import.meta.url)(join(root, "dist/simulator"));
  const simulator = await startSimulator();
  try {
    await mkdir(join(folder, "state"));
    // A copy, since `pulumi stack init` writes a file beside the program.
    await cp(join(root, "examples/secondary-zone"), join(folder, "program"), { recursive: true });
    await symlink(join(root, "node_modules"), join(folder, "program/node_modules"));
    await tell(simulator, stack(engine, folder, simulator));
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @typedef {(...args: string[]) => Promise<string>} Pulumi runs the CLI and gives its output back; throws when it fails */

/**
 * @param {import("../simulator/index.js").Simulator} simulator
 * @param {Pulumi} pulumi
 */
async function tell(simulator, pulumi) {
  const [zone] = simulator.zones;
  if (!zone) throw new Error("the simulator has no zone");
  await pulumi("stack", "init", "demo");
  const settings = { accountId: simulator.accountId, zoneId: zone.id, zoneName: zone.name };
  const flags = Object.entries(settings).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
  await pulumi("config", "set-all", ...flags);

  say(`1. What would change? (${zone.name}, one SecondaryZone: examples/secondary-zone)`, "pulumi preview");
  show(await pulumi("preview"));

  say("2. Make it so: a TSIG key with a generated secret, and presigned DNSSEC with NSEC3", "pulumi up");
  show(await pulumi("up", "--yes", "--skip-preview"));

  say(
    "3. Somebody turns presigned off in the console. Does anybody notice?",
    "pulumi preview --refresh --diff",
  );
  await fetch(`${simulator.control}/state`, {
    method: "PATCH",
    body: JSON.stringify({ zones: { [zone.id]: { dnssec: { dnssec_presigned: false } } } }),
  });
  const drift = await pulumi("preview", "--refresh", "--diff");
  const line = drift.split("\n").find((text) => /dnssecPresigned\s*: false => true/.test(text));
  if (line === undefined) throw new Error(`the preview does not show the drift:\n${drift}`);
  console.log(line);

  say("4. Put it back", "pulumi up --refresh");
  show(await pulumi("up", "--yes", "--skip-preview", "--refresh"));
  await pulumi("preview", "--refresh", "--expect-no-changes");
  console.log("    and a refresh finds no further change");

  say("5. Take everything down; the zone is as it was before", "pulumi destroy");
  show(await pulumi("destroy", "--yes", "--skip-preview"));

  const log = await (await fetch(`${simulator.control}/requests`)).json();
  const calls = Array.isArray(log) ? log.length : 0;
  console.log(`\nDone: ${calls} API calls in all, none of them to the real services.`);
}

/**
 * @param {NodeJS.ProcessEnv} engine
 * @param {string} folder
 * @param {import("../simulator/index.js").Simulator} simulator
 * @returns {Pulumi}
 */
function stack(engine, folder, simulator) {
  const env = {
    ...engine,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "demo",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    CLOUDFLARE_API_TOKEN: simulator.cloudflareToken,
    CLOUDFLARE_BASE_URL: simulator.cloudflare,
  };
  const fixed = ["--cwd", join(folder, "program"), "--non-interactive", "--color", "never"];
  return (...args) => run("pulumi", [...fixed, ...args], env);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>}
 */
function run(program, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ${args.join(" ")} ended with ${code}:\n${output}`));
    });
  });
}

/**
 * @param {string} title
 * @param {string} command
 */
function say(title, command) {
  console.log(`\n${title}\n  $ ${command}`);
}

/** @param {string} output */
function show(output) {
  const lines = output.split("\n").filter((line) => !noise.some((pattern) => pattern.test(line)));
  console.log(lines.join("\n"));
}

try {
  await demo();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
