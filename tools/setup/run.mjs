// @ts-check
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The directory of this checkout, with a slash at its end. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Runs a command in this checkout; what it prints is shown only when it fails.
 * @param {string} command
 * @param {string[]} args
 */
export async function run(command, args) {
  try {
    // On Windows npm is a script, which only a shell can start.
    const shell = process.platform === "win32" && command === "npm";
    await promisify(execFile)(command, args, { cwd: root, shell, maxBuffer: 2 ** 26 });
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout?: string, stderr?: string }} */ (error);
    const output = `${stdout ?? ""}${stderr ?? ""}`.trim();
    throw new Error(`\`${command} ${args.join(" ")}\` failed${output ? `:\n${output}` : ""}`);
  }
}
