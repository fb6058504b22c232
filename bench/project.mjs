// @ts-check
import { execFile, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../tools/setup/run.mjs";
import { setup } from "../tools/setup.mjs";

const run = promisify(execFile);

/** @typedef {import("../simulator/index.js").Simulator} Simulator */
/** @typedef {import("../simulator/index.js").SimulatorOptions} SimulatorOptions */
/** @typedef {Awaited<ReturnType<typeof createWorkshop>>} Workshop */
/** @typedef {Awaited<ReturnType<Workshop["project"]>>} Project */
/** @typedef {{ type: string, inputs?: Record<string, unknown>, outputs?: Record<string, unknown> }} StateResource */

/**
 * A throw-away folder with this package installed as npm would publish it, an engine that keeps to that
 * folder, and simulators. `close` leaves nothing behind.
 */
export async function createWorkshop() {
  const engine = await setup();
  const folder = await realpath(await mkdtemp(join(tmpdir(), "secondary-dns-bench-")));
  const removeNow = () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // An engine that is interrupted with us may still write there.
    }
  };
  const interrupt = () => process.exit(130);
  process.once("exit", removeNow).once("SIGINT", interrupt).once("SIGTERM", interrupt);
  await install(folder, root);
  await mkdir(join(folder, "backend"));

  const env = {
    PATH: engine.PATH ?? "",
    HOME: folder,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const { startSimulator } = createRequire(import.meta.url)(join(root, "dist/simulator"));
  /** @type {Set<Simulator>} */
  const simulators = new Set();

  return {
    folder,
    engineVersion: (await run("pulumi", ["version"], { env })).stdout.trim().replace(/^v/, ""),

    /** @param {SimulatorOptions} [options] */
    async simulator(options = {}) {
      /** @type {Simulator} */
      const simulator = await startSimulator({
        rateLimit: { requests: 1_000_000, seconds: 300 },
        ...options,
      });
      simulators.add(simulator);
      return simulator;
    },

    /** @param {Simulator} simulator */
    async stop(simulator) {
      simulators.delete(simulator);
      await simulator.close();
    },

    /**
     * A folder with the package as it was at an earlier commit, for the same measure in the same run; `undefined` where
     * the checkout has no history.
     * @param {string} commit
     * @returns {Promise<string | undefined>}
     */
    async earlier(commit) {
      const source = join(folder, "earlier", "source");
      await mkdir(source, { recursive: true });
      const archive = join(folder, "earlier", "source.tar");
      try {
        await run("git", ["archive", "--output", archive, commit], { cwd: root });
      } catch {
        return undefined;
      }
      await run("tar", ["-xf", archive, "-C", source]);
      await npm(source, "ci", "--prefer-offline");
      await run(process.execPath, ["tools/setup/build-package.mjs"], { cwd: source });
      const installed = join(folder, "earlier");
      await install(installed, source);
      return installed;
    },

    /**
     * A Pulumi project with this program; each stack of it begins empty. `within`: a folder with the package.
     * @param {string} name
     * @param {string} program
     */
    async project(name, program, within = folder) {
      const cwd = join(within, "projects", name);
      await mkdir(cwd, { recursive: true });
      const files = {
        "Pulumi.yaml": JSON.stringify({ name, runtime: { name: "nodejs", options: { typescript: false } } }),
        "package.json": JSON.stringify({ name, private: true, main: "index.js" }),
        "index.js": program,
      };
      for (const [file, text] of Object.entries(files)) await writeFile(join(cwd, file), text);
      let stacks = 0;

      return {
        folder: cwd,
        /** @param {NodeJS.ProcessEnv} variables */
        async stack(variables) {
          stacks += 1;
          const stack = `s${stacks}`;
          /** @param {string[]} args */
          const pulumi = (...args) =>
            output("pulumi", [...args, "--non-interactive", "--color", "never"], {
              cwd,
              env: { ...env, ...variables },
            });
          await pulumi("stack", "init", stack);
          /** @param {string} command @param {NodeJS.ProcessEnv} more @returns {Parameters<typeof output>} */
          const changing = (command, more) => [
            "pulumi",
            [command, "--yes", "--skip-preview", "--stack", stack, "--non-interactive", "--color", "never"],
            { cwd, env: { ...env, ...variables, ...more } },
          ];
          return {
            /**
             * `up`, `refresh` or `destroy`.
             * @param {string} command
             * @param {NodeJS.ProcessEnv} [more]
             */
            change: (command, more = {}) => output(...changing(command, more)),
            preview: () => pulumi("preview", "--expect-no-changes", "--stack", stack),
            /**
             * The same, which may fail too.
             * @param {string} command
             * @param {NodeJS.ProcessEnv} [more]
             */
            attempt: (command, more = {}) => ended(...changing(command, more)),
            /** The exported state's resources, the engine's own left out. */
            async resources() {
              /** @type {{ deployment: { resources?: StateResource[] } }} */
              const state = JSON.parse(await pulumi("stack", "export", "--stack", stack));
              return (state.deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
            },
            /** @returns {Promise<Record<string, unknown>>} */
            async outputs() {
              return JSON.parse(await pulumi("stack", "output", "--json", "--stack", stack));
            },
          };
        },
      };
    },

    async close() {
      await Promise.all([...simulators].map((simulator) => simulator.close()));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      process.off("exit", removeNow).off("SIGINT", interrupt).off("SIGTERM", interrupt);
    },
  };
}

/**
 * Credentials and addresses of a simulator, as the environment carries them.
 * @param {Simulator} simulator
 */
export function credentials(simulator) {
  return {
    CLOUDFLARE_API_TOKEN: simulator.cloudflareToken,
    CLOUDFLARE_BASE_URL: simulator.cloudflare,
    HOSTUP_API_TOKEN: simulator.hostupToken,
    HOSTUP_BASE_URL: simulator.hostup,
  };
}

/**
 * What the simulated APIs were asked since they were asked this last.
 * @param {Simulator} simulator
 */
export async function takeRequests({ control }) {
  /** @type {import("../simulator/index.js").LoggedRequest[]} */
  const requests = JSON.parse(await (await fetch(`${control}/requests`)).text());
  await fetch(`${control}/requests`, { method: "DELETE" });
  return requests;
}

/**
 * What people do in consoles: a merge into the state (RFC 7386).
 * @param {Simulator} simulator
 * @param {object} change
 */
export const patchState = (simulator, change) => patch(simulator, "state", change);

/**
 * The same at the simulator's primary.
 * @param {Simulator} simulator
 * @param {object} change
 */
export const patchPrimary = (simulator, change) => patch(simulator, "primary", change);

/**
 * @param {Simulator} simulator
 * @param {"state" | "primary"} what
 * @param {object} change
 */
async function patch({ control }, what, change) {
  const { status } = await fetch(`${control}/${what}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(change),
  });
  if (status >= 300) throw new Error(`the simulator does not take ${JSON.stringify(change)}: ${status}`);
}

/**
 * Runs a command to its end, and gives what it wrote to stdout. A failure is an error with all that it wrote.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>}
 */
export async function output(command, args, options) {
  const { code, all, stdout } = await ended(command, args, options);
  if (code !== 0) throw new Error(`\`${command} ${args.join(" ")}\` ended with ${code}:\n${all}`);
  return stdout;
}

/**
 * Runs a command to its end, however it ends; `all` is what it wrote to both streams.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ code: number | null, all: string, stdout: string }>}
 */
function ended(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let all = "";
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      all += text;
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      all += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, all, stdout }));
  });
}

/** @param {string} folder @param {string} source of the package */
async function install(folder, source) {
  const packed = await npm(source, "pack", "--json", "--pack-destination", folder);
  const [{ filename }] = JSON.parse(packed.stdout);
  const { devDependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const dependencies = {
    "@pulumi/pulumi": devDependencies["@pulumi/pulumi"],
    "pulumi-secondary-dns": `file:${join(folder, filename)}`,
    // What the SDK needs to serialize the closures of the usual way.
    typescript: devDependencies.typescript,
  };
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ name: "bench", private: true, dependencies }),
  );
  await npm(folder, "install", "--prefer-offline");
}

/** @param {string} cwd @param {string[]} args */
async function npm(cwd, ...args) {
  // On Windows npm is a script, which only a shell can start.
  const shell = process.platform === "win32";
  return run("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd, shell });
}
