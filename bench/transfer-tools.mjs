// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { searchPath } from "../tools/demo/server-process.mjs";
import { mustRun } from "../tools/driver/command.cjs";
import { processorSeconds } from "./processor-time.mjs";

/** @typedef {{ name: string, algorithm: string, secret: string }} Key */
/** @typedef {{ wall: number, processor: number, records: number, bytes: number }} Dug */

const env = { ...process.env, PATH: searchPath };

const PATIENCE_MS = 120_000;

/**
 * Runs a tool that must succeed; gives what it printed.
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
export async function run(command, args, cwd) {
  return (await mustRun(command, args, { cwd, env })).stdout.trim();
}

/**
 * Asks again and again until there is an answer.
 * @template Answer
 * @param {string} what
 * @param {() => Promise<Answer | undefined>} ask
 * @param {() => string} [describe]
 * @returns {Promise<Answer>}
 */
export async function until(what, ask, describe = () => "") {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(20)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`waited in vain until ${what}\n${describe()}`);
}

/**
 * Transfers a zone into the file that `verify` reads, and nothing into this process, whose work would be
 * measured too.
 * @param {string} folder
 * @param {string} zone
 * @param {number} port
 * @param {Key} [key]
 * @returns {Promise<Dug>}
 */
export async function digZone(folder, zone, port, key) {
  const keyFile = join(folder, "dig.key");
  if (key) {
    const { name, algorithm, secret } = key;
    await writeFile(keyFile, `key "${name}" { algorithm ${algorithm}; secret "${secret}"; };\n`);
  }
  const args = ["@127.0.0.1", "-p", String(port), "+time=60", "+tries=1", ...(key ? ["-k", keyFile] : [])];
  const file = await open(fileOf(folder), "w+");
  try {
    const began = { at: performance.now(), processor: processorSeconds() };
    const child = spawn("dig", [...args, zone, "AXFR"], { env, stdio: ["ignore", file.fd, "ignore"] });
    await once(child, "exit");
    const wall = (performance.now() - began.at) / 1_000;
    const processor = processorSeconds() - began.processor;
    // dig ends well even if the transfer did not: its last lines tell.
    const { size } = await file.stat();
    const { buffer } = await file.read({ buffer: Buffer.alloc(200), position: Math.max(0, size - 200) });
    const said = /XFR size: (\d+) records \(messages \d+, bytes (\d+)\)/.exec(buffer.toString("latin1"));
    if (!said) throw new Error(`dig could not transfer ${zone} from port ${port}: ${buffer}`);
    return { wall, processor, records: Number(said[1]), bytes: Number(said[2]) };
  } finally {
    await file.close();
  }
}

/**
 * Checks every signature and the whole chain of the zone that dig took last.
 * @param {string} folder
 * @param {string} zone
 */
export async function verify(folder, zone) {
  const began = performance.now();
  const faults = await run("dnssec-verify", ["-o", zone, fileOf(folder)], folder).then(
    () => "",
    (/** @type {Error} */ error) => error.message.split("\n").slice(0, 5).join(" "),
  );
  return { wall: (performance.now() - began) / 1_000, faults };
}

/** @param {string} folder */
function fileOf(folder) {
  return join(folder, "dug.zone");
}

/**
 * What a process has used until now (proc(5)): its highest memory, and its processor time with its threads.
 * @param {number | undefined} pid
 */
export async function usageOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The second field is a name in brackets; utime and stime are fields 14 and 15, in hundredths.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return {
    peakMegabytes: Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024),
    processor: (Number(fields[11]) + Number(fields[12])) / 100,
  };
}
