// @ts-check
import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addLauncher, build } from "./build.mjs";
import { download } from "./download.mjs";
import { fromPath } from "./from-path.mjs";
import { CLI, LAUNCHER, MINIMUM, MINIMUM_GO, PROGRAMS, VERSION } from "./pinned.mjs";
import { reason, versionOf, which } from "./programs.mjs";
import { withWorkspace } from "./workspace.mjs";

/**
 * @typedef {object} Pulumi
 * @property {string | null} bin the directory that holds it, or null when it is on PATH already
 * @property {string} version
 * @property {"path" | "cache" | "download" | "build"} source
 * @property {(base?: NodeJS.ProcessEnv) => NodeJS.ProcessEnv} env what a child that runs `pulumi` needs
 */

/**
 * @typedef {object} Work
 * @property {string} directory scratch space on the same file system as the cache
 * @property {NodeJS.ProcessEnv} env
 * @property {import("./progress.mjs").Log} log
 * @property {AbortSignal} signal aborted when the user interrupts
 */

/**
 * Finds a Pulumi CLI with its Node language host and the launcher of the dynamic provider: on PATH, or in the
 * cache `~/.pulumi/versions/<version>` (under PULUMI_HOME, if set), or installs it there. Nothing else of the
 * user's Pulumi home is touched, and no step needs a login.
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {import("./progress.mjs").Log} [options.log] gets a line before each long step
 * @param {boolean} [options.install] false: only look
 * @returns {Promise<Pulumi>}
 */
export async function findPulumi({ env = process.env, log = console.error, install = true } = {}) {
  /** @type {string[]} */
  const tried = [];
  const installed = join(env.PULUMI_HOME || join(env.HOME || homedir(), ".pulumi"), "versions", VERSION);
  const bin = join(installed, "bin");

  /** @type {(version: string, source: Pulumi["source"]) => Pulumi} */
  const found = (version, source) => {
    const added = source === "path" ? null : bin;
    return {
      bin: added,
      version,
      source,
      env: (base = env) => (added ? { ...base, PATH: `${added}${delimiter}${base.PATH ?? ""}` } : base),
    };
  };

  try {
    return found(await fromPath(env), "path");
  } catch (error) {
    tried.push(`On PATH: ${reason(error)}.`);
  }

  const missing = await missingFrom(bin, env);
  if (missing.length === 0) return found(VERSION, "cache");
  tried.push(`In ${bin}: there is no working ${missing.join(", ")}.`);
  if (!install) throw new Error(explain(tried));

  return withWorkspace(installed, log, async (directory, signal) => {
    const work = { directory, env, log, signal };
    // Another process may have installed it while this one waited.
    const missing = await missingFrom(bin, env);
    if (missing.length === 0) return found(VERSION, "cache");
    if (missing.every((program) => program === LAUNCHER)) {
      addLauncher(bin, directory);
      return found(VERSION, "cache");
    }
    try {
      await download(bin, work);
      return found(VERSION, "download");
    } catch (error) {
      signal.throwIfAborted();
      log(`That did not work: ${reason(error)}.`);
      tried.push(`Download: ${reason(error)}.`);
    }
    try {
      await build(missing, bin, work);
      return found(VERSION, "build");
    } catch (error) {
      signal.throwIfAborted();
      tried.push(`Build from Go modules: ${reason(error)}.`);
    }
    throw new Error(explain(tried));
  });
}

/**
 * @param {string} bin
 * @param {NodeJS.ProcessEnv} env
 */
async function missingFrom(bin, env) {
  const missing = PROGRAMS.filter((program) => !which(program, bin));
  if (missing.includes(CLI)) return missing;
  const version = await versionOf(join(bin, CLI), env).catch(reason);
  return version === VERSION ? missing : [...missing, CLI];
}

/** @param {string[]} tried */
function explain(tried) {
  return [
    "There is no usable Pulumi engine. What was tried:",
    ...tried.map((line) => `  ${line}`),
    `Install Pulumi ${MINIMUM} or newer (https://www.pulumi.com/docs/install/), or Go ${MINIMUM_GO} or newer`,
    "(https://go.dev/dl/) to have it built, and run this again.",
  ].join("\n");
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const { bin, version, source } = await findPulumi();
    console.log(`Pulumi ${version} (${source}): ${bin ?? dirname(which(CLI, process.env.PATH) ?? "")}`);
  } catch (error) {
    console.error(reason(error));
    process.exitCode = 1;
  }
}
