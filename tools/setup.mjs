// @ts-check
import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findPulumi } from "./pulumi/install.mjs";
import { reason } from "./pulumi/programs.mjs";
import { buildPackage } from "./setup/build-package.mjs";
import { installDependencies } from "./setup/install-dependencies.mjs";
import { root } from "./setup/run.mjs";

/**
 * Makes a fresh clone ready to run: dependencies, compiled package and Pulumi engine. Says what it waits for,
 * and nothing when all is there.
 * @param {object} [options]
 * @param {import("./pulumi/progress.mjs").Log} [options.log]
 * @returns {Promise<NodeJS.ProcessEnv>} the environment for children that run `pulumi`
 */
export async function setup({ log = console.error } = {}) {
  await prepare(log);
  return (await findPulumi({ log })).env();
}

/** @param {import("./pulumi/progress.mjs").Log} log */
async function prepare(log) {
  checkNode();
  await installDependencies(log);
  await buildPackage(log);
}

function checkNode() {
  const wanted = JSON.parse(readFileSync(`${root}package.json`, "utf8")).engines.node.replace(">=", "");
  const current = process.versions.node;
  if (current.localeCompare(wanted, "en", { numeric: true }) < 0) {
    throw new Error(`Node ${wanted} or newer is needed, and this is ${current}: see https://nodejs.org/`);
  }
}

/**
 * As a script: `test` can go on without an engine, and skips what needs one; everything else cannot.
 * @param {string | undefined} purpose
 */
async function main(purpose) {
  if (purpose !== "test") return void (await setup());
  await prepare(console.error);
  await findPulumi().catch((error) => console.error(reason(error)));
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await main(process.argv[2]);
  } catch (error) {
    console.error(reason(error));
    // `npm test` ends here, and its last line always has this form.
    if (process.argv[2] === "test") console.log("0 passed, 1 failed");
    process.exitCode = 1;
  }
}
