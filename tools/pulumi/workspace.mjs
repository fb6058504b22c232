// @ts-check
import { mkdirSync, readdirSync, rmdirSync, rmSync, statSync, utimes } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const HEARTBEAT = 10_000;
const SILENCE = 120_000;

/**
 * Runs `job` with a directory of its own beside `target`, one process at a time. The directory is lock and
 * scratch space in one: its name holds the pid of its owner, and whatever a dead owner left is removed.
 * @template T
 * @param {string} target
 * @param {import("./progress.mjs").Log} log
 * @param {(directory: string, signal: AbortSignal) => Promise<T>} job
 */
export async function withWorkspace(target, log, job) {
  const directory = await claim(target, log);
  const heartbeat = setInterval(() => utimes(directory, new Date(), new Date(), () => {}), HEARTBEAT);
  const interruption = new AbortController();
  /** @type {NodeJS.Signals | undefined} */
  let interruptedBy;
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    interruptedBy = signal;
    interruption.abort();
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    return await job(directory, interruption.signal);
  } finally {
    clearInterval(heartbeat);
    remove(directory);
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    if (interruptedBy) process.kill(process.pid, interruptedBy);
  }
}

/**
 * @param {string} target
 * @param {import("./progress.mjs").Log} log
 */
async function claim(target, log) {
  const own = `${prefix(target)}${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  remove(own);
  for (let said = false; ; ) {
    const owner = owners(target)[0];
    if (owner === undefined) {
      mkdirSync(own);
      // When two come at once, each sees the other here: both step back and try again at different times.
      if (owners(target).length === 1) return own;
      rmdirSync(own);
    } else if (!said) {
      log(
        `Process ${owner} is already installing Pulumi into ${target}: waiting for it, at most some minutes.`,
      );
      said = true;
    }
    // A look now and then instead of a file event, as nothing announces the death of the other process.
    await pause(300 + Math.random() * 700);
  }
}

/**
 * The pids of the live processes that hold a directory for `target`; the directories of dead ones are removed.
 * @param {string} target
 */
function owners(target) {
  const start = basename(prefix(target));
  return readdirSync(dirname(target))
    .filter((name) => name.startsWith(start))
    .filter((name) => {
      const directory = join(dirname(target), name);
      const alive = isAlive(Number(name.slice(start.length)), directory);
      if (!alive) remove(directory);
      return alive;
    })
    .map((name) => Number(name.slice(start.length)));
}

/** @param {string} directory */
function remove(directory) {
  // A compiler that outlives its interrupted owner may still be writing for a moment.
  rmSync(directory, { recursive: true, force: true, maxRetries: 9 });
}

/** @param {string} target */
const prefix = (target) => `${target}.installing-`;

/**
 * @param {number} pid
 * @param {string} directory
 */
function isAlive(pid, directory) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return false;
  }
  // A pid may have been given to another process since; an owner gives a sign of life in its directory.
  const seen = statSync(directory, { throwIfNoEntry: false })?.mtimeMs;
  return seen !== undefined && Date.now() - seen < SILENCE;
}
