// @ts-check
import { readFileSync } from "node:fs";
import { withProgress } from "../pulumi/progress.mjs";
import { root, run } from "./run.mjs";

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean }>} Packages */

/** @param {import("../pulumi/progress.mjs").Log} log */
export async function installDependencies(log) {
  if (areInstalled()) return;
  await withProgress(log, "Installing the npm packages of package-lock.json: about 30 seconds.", () =>
    run("npm", ["ci", "--loglevel=error", "--no-audit", "--no-fund"]),
  );
}

/** Whether node_modules holds what package-lock.json asks for, by the record that npm itself leaves there last. */
function areInstalled() {
  const wanted = packagesOf("package-lock.json");
  const installed = packagesOf("node_modules/.package-lock.json");
  return (
    Object.keys(installed).every((path) => path in wanted) &&
    Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
      const found = installed[path];
      // The root is not recorded, and what is for other platforms is not installed.
      if (!found) return path === "" || optional;
      return found.version === version && found.integrity === integrity;
    })
  );
}

/**
 * @param {string} lockfile
 * @returns {Packages}
 */
function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(root + lockfile, "utf8")).packages;
  } catch {
    return {};
  }
}
