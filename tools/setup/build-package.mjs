// @ts-check
import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { withProgress } from "../pulumi/progress.mjs";
import { root, run } from "./run.mjs";

const project = "tsconfig.build.json";
const dist = join(root, "dist");
const cache = join(root, ".cache");
const stamp = join(cache, "dist.sha256");

/**
 * Compiles the package into dist, unless neither the sources nor dist have changed since that was last done.
 * @param {import("../pulumi/progress.mjs").Log} log
 */
export async function buildPackage(log) {
  if (read(stamp) === fingerprint()) return;
  await withProgress(log, "Compiling the package: about 10 seconds.", async () => {
    // A complete new dist replaces the old one, so that nothing of a deleted source stays and nobody sees half.
    const fresh = join(cache, `dist-${process.pid}`);
    try {
      await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", project, "--outDir", fresh]);
      chmodSync(join(fresh, "simulator/main.js"), 0o755);
      rmSync(dist, { recursive: true, force: true });
      renameSync(fresh, dist);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, fingerprint());
}

/** A hash over all that the compiler reads of this package, and over what it wrote. */
function fingerprint() {
  const { include } = JSON.parse(readFileSync(join(root, project), "utf8"));
  const hash = createHash("sha256");
  for (const file of [...include, project, "tsconfig.json", "package-lock.json", "dist"].flatMap(filesOf)) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats ? [path] : [];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`));
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
