// @ts-check
import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withProgress } from "../pulumi/progress.mjs";
import { hashOf } from "./hash.mjs";
import { root, run } from "./run.mjs";

const project = "tsconfig.build.json";
/** What package.json names as commands, within dist. */
const bins = ["command-line/main.js", "simulator/main.js"];
/** What programs and Pulumi's provider processes load: one file each, since 200 take longer to find than to run. */
const bundles = ["index.ts", "provider/runtime/index.ts"];
const dist = join(root, "dist");
const cache = join(root, ".cache");
const stamp = join(cache, "dist.sha256");

/**
 * Compiles the package into dist, unless neither the sources nor dist have changed since that was last done.
 * @param {import("../pulumi/progress.mjs").Log} log
 */
export async function buildPackage(log) {
  if (isBuilt()) return;
  await withProgress(log, "Compiling the package: about 10 seconds.", async () => {
    const fresh = join(cache, `dist-${process.pid}`);
    const old = `${fresh}-old`;
    try {
      const sources = hashOfSources();
      await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", project, "--outDir", fresh]);
      await bundle(fresh);
      for (const bin of bins) chmodSync(join(fresh, bin), 0o755);
      const built = `${sources} ${hashOf(fresh, ["."])}`;
      // Another build of this checkout may have been quicker, and its dist may be in use by now.
      if (isBuilt()) return;
      // A complete new dist replaces the old one, so that nothing of a deleted source stays and nobody sees half.
      move(dist, old, "ENOENT");
      if (move(fresh, dist, "ENOTEMPTY")) writeFileSync(stamp, built);
    } finally {
      for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
    }
  });
}

/**
 * Puts the bundles in the place of the same files as compiled. What is of other packages stays theirs.
 * @param {string} outdir
 */
async function bundle(outdir) {
  // The set-up loads this file before it has installed anything.
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: bundles,
    outbase: ".",
    outdir,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20.18",
    logLevel: "warning",
  });
}

/** Whether dist is what the sources of this moment compile to. */
function isBuilt() {
  try {
    return readFileSync(stamp, "utf8") === `${hashOfSources()} ${hashOf(dist, ["."])}`;
  } catch {
    // Never built, or another build is moving its dist into place.
    return false;
  }
}

/** Over all that a build reads of this package, this file among it. */
function hashOfSources() {
  const { include } = JSON.parse(readFileSync(join(root, project), "utf8"));
  return hashOf(root, [
    ...include,
    project,
    "tsconfig.json",
    "package-lock.json",
    "tools/setup/build-package.mjs",
  ]);
}

/**
 * False when another build was quicker: `from` is gone, or its own dist is at `to`.
 * @param {string} from
 * @param {string} to
 * @param {"ENOENT" | "ENOTEMPTY"} quicker
 */
function move(from, to, quicker) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === quicker) return false;
    throw error;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await buildPackage(console.error);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
