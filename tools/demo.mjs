// @ts-check
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPrimary } from "./demo/primary.mjs";
import { isInstalled, searchPath } from "./demo/server-process.mjs";
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
    await tell(simulator, stack(engine, folder, simulator), folder);
  } finally {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @typedef {(...args: string[]) => Promise<string>} Pulumi runs the CLI and gives its output back; throws when it fails */

/**
 * @param {import("../simulator/index.js").Simulator} simulator
 * @param {Pulumi} pulumi
 * @param {string} folder
 */
async function tell(simulator, pulumi, folder) {
  const [zone] = simulator.zones;
  if (!zone) throw new Error("the simulator has no zone");
  await pulumi("stack", "init", "demo");
  const [, dnsPort = ""] = simulator.dns.split(":");
  await configure(pulumi, {
    accountId: simulator.accountId,
    zoneId: zone.id,
    zoneName: zone.name,
    "cloudflareAddresses.transferFrom[0]": "127.0.0.1",
    "cloudflareAddresses.notify[0].address": "127.0.0.1",
    "cloudflareAddresses.notify[0].port": dnsPort,
  });

  say(`1. What would change? (${zone.name}, one SecondaryZone: examples/secondary-zone)`, "pulumi preview");
  show(await pulumi("preview"));

  say("2. Make it so: a TSIG key with a generated secret, and presigned DNSSEC with NSEC3", "pulumi up");
  show(await pulumi("up", "--yes", "--skip-preview"));

  const { primaryConfig } = JSON.parse(await pulumi("stack", "output", "--json", "--show-secrets"));
  const primary = await startPrimary({
    folder: join(folder, "primary"),
    zone: zone.name,
    config: primaryConfig,
    say: (problem) => console.log(`\n    ${problem}`),
  });
  if (primary === undefined) {
    say("3. A real primary would hand its zone over here: install named (bind9) or knotd (knot)", "skipped");
    await tellOfDrift(simulator, pulumi, zone.id);
  } else {
    try {
      say(
        `3. ${primary.name} runs on this machine with what primaryConfig says. Transfer its zone`,
        `pulumi config set --path primaries[0].port ${primary.port}; pulumi up`,
      );
      await configure(pulumi, {
        "primaries[0].address": "127.0.0.1",
        "primaries[0].port": String(primary.port),
      });
      show(await pulumi("up", "--yes", "--skip-preview"), [sameOutput]);
      await tellOfTransfer(simulator, pulumi, zone, folder);
      await tellOfDrift(simulator, pulumi, zone.id);
    } finally {
      await primary.stop();
    }
  }

  const log = await (await fetch(`${simulator.control}/requests`)).json();
  const calls = Array.isArray(log) ? log.length : 0;
  console.log(`\nDone: ${calls} API calls in all, none of them to the real services.`);
}

/**
 * What was transferred, and what a validator with the zone's DS thinks of it.
 * @param {import("../simulator/index.js").Simulator} simulator
 * @param {Pulumi} pulumi
 * @param {{ id: string, name: string }} zone
 * @param {string} folder
 */
async function tellOfTransfer(simulator, pulumi, zone, folder) {
  /** @type {import("../simulator/index.js").State} */
  const { zones } = JSON.parse(await (await fetch(`${simulator.control}/state`)).text());
  const { serial, records, from, tsigKey } = zones[zone.id]?.transfer ?? {};
  console.log(`    AXFR from ${from}: ${records} records, serial ${serial}, signed with ${tsigKey}`);
  if (!isInstalled("delv")) return;

  const { ds } = JSON.parse(await pulumi("stack", "output", "--json", "--show-secrets"));
  const [, data = "", digest = ""] = / DS (\d+ \d+ \d+) (\S+)/.exec(ds) ?? [];
  const anchor = join(folder, "anchor.conf");
  await writeFile(anchor, `trust-anchors { "${zone.name}" static-ds ${data} "${digest}"; };\n`);
  const [host = "", port = ""] = simulator.dns.split(":");
  for (const name of [zone.name, `nope.${zone.name}`]) {
    const asked = [`@${host}`, "-p", port, "-a", anchor, `+root=${zone.name}`, name, "A"];
    const answer = await run("delv", asked, { ...process.env, PATH: searchPath });
    const verdict = answer.split("\n").find((line) => line.includes("fully validated"));
    if (verdict === undefined) throw new Error(`delv does not validate ${name}:\n${answer}`);
    console.log(`    delv ${name} A, served by the secondary${verdict}`);
  }
}

/**
 * @param {import("../simulator/index.js").Simulator} simulator
 * @param {Pulumi} pulumi
 * @param {string} zoneId
 */
async function tellOfDrift(simulator, pulumi, zoneId) {
  say(
    "4. Somebody turns presigned off in the console. Does anybody notice?",
    "pulumi preview --refresh --diff",
  );
  await fetch(`${simulator.control}/state`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ zones: { [zoneId]: { dnssec: { dnssec_presigned: false } } } }),
  });
  const drift = await pulumi("preview", "--refresh", "--diff");
  const line = drift.split("\n").find((text) => /dnssecPresigned\s*: false => true/.test(text));
  if (line === undefined) throw new Error(`the preview does not show the drift:\n${drift}`);
  console.log(line);

  say("5. Put it back", "pulumi up --refresh");
  show(await pulumi("up", "--yes", "--skip-preview", "--refresh"), [sameOutput]);
  await pulumi("preview", "--refresh", "--expect-no-changes");
  console.log("    and a refresh finds no further change");

  say("6. Take everything down; the zone is as it was before", "pulumi destroy");
  show(await pulumi("destroy", "--yes", "--skip-preview"));
}

/**
 * @param {Pulumi} pulumi
 * @param {Record<string, string>} settings
 */
async function configure(pulumi, settings) {
  const flags = Object.entries(settings).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
  await pulumi("config", "set-all", "--path", ...flags);
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

/** An output of the stack that has not changed. */
const sameOutput = /^ {4}\w+ *: /;

/**
 * @param {string} output
 * @param {readonly RegExp[]} [more] that tell nothing new here
 */
function show(output, more = []) {
  const hidden = [...noise, ...more];
  const lines = output.split("\n").filter((line) => !hidden.some((pattern) => pattern.test(line)));
  console.log(lines.join("\n"));
}

try {
  await demo();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
