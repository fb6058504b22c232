// @ts-check
import { spawn } from "node:child_process";
import { join } from "node:path";

/**
 * @typedef {object} Stack
 * @property {(...args: string[]) => Promise<string>} pulumi runs the CLI and gives its output back; throws when it fails
 * @property {(...args: string[]) => Promise<string>} refused the same for a command that has to fail
 * @property {(settings: Record<string, string>) => Promise<void>} configure
 * @property {() => Promise<Record<string, any>>} outputs
 * @property {(zone: string, act: () => Promise<string>) => Promise<string>} forced lets commands do what the guard refuses
 */

/**
 * The demo's own stack; nothing outside of its folder is touched.
 * @param {NodeJS.ProcessEnv} engine
 * @param {string} folder
 * @param {import("../../simulator/index.js").Simulator} simulator
 * @returns {Stack}
 */
export function stackIn(engine, folder, simulator) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...engine,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "demo",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    CLOUDFLARE_API_TOKEN: simulator.cloudflareToken,
    CLOUDFLARE_BASE_URL: simulator.cloudflare,
    HOSTUP_API_TOKEN: simulator.hostupToken,
    HOSTUP_BASE_URL: simulator.hostup,
    SECONDARY_DNS_RESOLVER: simulator.dns,
  };
  const fixed = ["--cwd", join(folder, "program"), "--non-interactive", "--color", "never"];
  const run = (/** @type {string[]} */ args) => runTool("pulumi", [...fixed, ...args], env);
  const pulumi = async (/** @type {string[]} */ ...args) => {
    const { code, output } = await run(args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
  };
  return {
    pulumi,
    async refused(...args) {
      const { code, output } = await run(args);
      if (code === 0) throw new Error(`pulumi ${args.join(" ")} should have failed:\n${output}`);
      return output;
    },
    async configure(settings) {
      const flags = Object.entries(settings).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
      await pulumi("config", "set-all", "--path", ...flags);
    },
    async forced(zone, act) {
      env.SECONDARY_DNS_FORCE = zone;
      const output = await act();
      delete env.SECONDARY_DNS_FORCE;
      return output;
    },
    outputs: async () => JSON.parse(await pulumi("stack", "output", "--json", "--show-secrets")),
  };
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function runTool(program, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}
