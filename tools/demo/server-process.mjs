// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter } from "node:path";
import { which } from "../pulumi/programs.mjs";

/** Debian keeps servers where an ordinary user's PATH does not look. */
export const searchPath = [process.env.PATH, "/usr/local/sbin", "/usr/sbin", "/sbin"]
  .filter(Boolean)
  .join(delimiter);

/** @param {string} command */
export function isInstalled(command) {
  return which(command, searchPath) !== undefined;
}

/**
 * A process that ends with this one at the latest.
 * @param {string} command
 * @param {string[]} args
 */
export function start(command, args) {
  const env = { ...process.env, PATH: searchPath };
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      log += text;
    });
  }
  const ended = once(child, "exit").catch(() => {});
  const end = () => void child.kill();
  process.once("exit", end);
  return {
    pid: child.pid,
    stdout: child.stdout,
    log: () => log,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async stop() {
      end();
      await ended;
      process.off("exit", end);
    },
  };
}
