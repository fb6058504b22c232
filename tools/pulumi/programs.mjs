// @ts-check
import { execFile } from "node:child_process";
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { promisify } from "node:util";

const suffixes = process.platform === "win32" ? [".exe", ".cmd"] : [""];

/**
 * The first executable of that name in the directories of `path`.
 * @param {string} program
 * @param {string | undefined} path
 */
export function which(program, path) {
  return (path ?? "")
    .split(delimiter)
    .filter(Boolean)
    .flatMap((dir) => suffixes.map((suffix) => join(dir, program + suffix)))
    .find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * What `pulumi version` answers, without the leading v.
 * @param {string} pulumi
 * @param {NodeJS.ProcessEnv} env
 */
export async function versionOf(pulumi, env) {
  // Even `pulumi version` writes a log file, so it gets a home of its own.
  const home = mkdtempSync(join(tmpdir(), "pulumi-version-"));
  try {
    const { stdout } = await promisify(execFile)(pulumi, ["version"], {
      env: { ...env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "1" },
      timeout: 30_000,
    });
    const version = /^v?(\d+\.\d+\.\d+\S*)\s*$/.exec(stdout)?.[1];
    if (!version) throw new Error(`it answered ${JSON.stringify(stdout.slice(0, 200))}`);
    return version;
  } catch (error) {
    throw new Error(`\`${pulumi} version\` did not work: ${reason(error)}`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Moves a finished program into place in one step, so that nobody ever sees half of it.
 * @param {string} file
 * @param {string} bin
 */
export function place(file, bin) {
  mkdirSync(bin, { recursive: true });
  chmodSync(file, 0o755);
  renameSync(file, join(bin, basename(file)));
}

/**
 * One line that says why something failed.
 * @param {unknown} error
 * @returns {string}
 */
export function reason(error) {
  if (!(error instanceof Error)) return String(error);
  // fetch only says "fetch failed": the cause knows more.
  if (error.cause) return reason(error.cause);
  return error.message || ("code" in error ? String(error.code) : error.name);
}
