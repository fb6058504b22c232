// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root } from "../setup/run.mjs";

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Summary */

/**
 * Runs jest with its usual output, without the projects named and, when no engine is given, without those that need one.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv | undefined} engineEnv
 * @param {string[]} without
 * @returns {Promise<Summary>}
 */
export async function runJest(args, engineEnv, without) {
  const directory = mkdtempSync(join(tmpdir(), "jest-results-"));
  const file = join(directory, "results.json");
  // These options take several values, so a path given by the user must not follow them.
  const reporters = ["--reporters=default", "--reporters=./tools/test/results-reporter.mjs"];
  const ignored = [...new Set([...without, ...(engineEnv ? [] : ["engine", "long", "installs"])])];
  const ignoring = ignored.length > 0 ? ["--ignoreProjects", ...ignored] : [];
  try {
    const child = spawn(
      process.execPath,
      ["node_modules/jest/bin/jest.js", ...args, ...reporters, ...ignoring],
      {
        cwd: root,
        env: { ...(engineEnv ?? process.env), JEST_RESULTS_FILE: file },
        stdio: "inherit",
      },
    );
    const [code] = await once(child, "close");
    // Without results jest has not got as far as running a test, and has said why.
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
    return summary(JSON.parse(readFileSync(file, "utf8")), code);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * @param {import("@jest/reporters").AggregatedResult} results
 * @param {number | null} code
 */
function summary(results, code) {
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const skipped = results.testResults.flatMap(({ testFilePath, testResults }) => {
    const count = testResults.filter(({ status }) => ["pending", "todo"].includes(status)).length;
    return count > 0 ? [`${count} in ${relative(root, testFilePath)}`] : [];
  });
  // Jest may fail for another reason than a test, such as a coverage threshold.
  return { passed: results.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}
