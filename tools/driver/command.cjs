// @ts-check
const { spawn } = require("node:child_process");

/**
 * @typedef {object} Ran
 * @property {number | null} code
 * @property {string} output both streams, as a terminal would show them
 * @property {string} stdout
 */

/**
 * Runs a command to its end, however it ends.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<Ran>}
 */
function runCommand(command, args, { cwd, env }) {
  return new Promise((resolve, reject) => {
    // On Windows npm is a script, which only a shell can start.
    const shell = process.platform === "win32" && command === "npm";
    const child = spawn(command, args, { cwd, env, shell, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      output += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output, stdout }));
  });
}

/**
 * The same for a command that has to succeed: a failure is an error with all that it wrote.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv }} options
 */
async function mustRun(command, args, options) {
  const ran = await runCommand(command, args, options);
  if (ran.code === 0) return ran;
  throw new Error(`\`${command} ${args.join(" ")}\` ended with ${ran.code}:\n${ran.output}`);
}

module.exports = { runCommand, mustRun };
