// @ts-check
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mustRun } from "../tools/driver/command.cjs";
import { install, pack, writeProject } from "../tools/driver/project.cjs";
import { createStack } from "../tools/driver/stack.cjs";
import { root } from "../tools/setup/run.mjs";
import { setup } from "../tools/setup.mjs";

/** @typedef {import("../simulator/index.js").Simulator} Simulator */
/** @typedef {import("../simulator/index.js").SimulatorOptions} SimulatorOptions */
/** @typedef {Awaited<ReturnType<typeof createWorkshop>>} Workshop */
/** @typedef {Awaited<ReturnType<Workshop["project"]>>} Project */

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
  await install(folder, await pack(root, folder));

  const { startSimulator } = createRequire(import.meta.url)(join(root, "dist/simulator"));
  /** @type {Set<Simulator>} */
  const simulators = new Set();

  return {
    folder,
    engineVersion: (await mustRun("pulumi", ["version"], { env: engine })).stdout.trim().replace(/^v/, ""),

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
        await mustRun("git", ["archive", "--output", archive, commit], { cwd: root, env: process.env });
      } catch {
        return undefined;
      }
      await mustRun("tar", ["-xf", archive, "-C", source], { env: process.env });
      const inSource = { cwd: source, env: process.env };
      await mustRun("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund"], inSource);
      await mustRun(process.execPath, ["tools/setup/build-package.mjs"], inSource);
      const installed = join(folder, "earlier");
      await install(installed, await pack(source, installed));
      return installed;
    },

    /**
     * A Pulumi project with this program; each stack of it begins empty. `within`: a folder with the package.
     * @param {string} name
     * @param {string} program
     */
    async project(name, program, within = folder) {
      const at = join(within, "projects", name);
      await writeProject(at, name, { "index.js": program });
      let stacks = 0;

      return {
        folder: at,
        /** @param {NodeJS.ProcessEnv} variables */
        stack(variables) {
          stacks += 1;
          // All of them have one backend and one home.
          const env = { PATH: engine.PATH, ...variables };
          return createStack({ folder: at, stack: `s${stacks}`, own: folder, env });
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
