// @ts-check
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { credentials } from "../tools/driver/credentials.cjs";
import { median, round, spread } from "./numbers.mjs";
import { takeRequests } from "./project.mjs";

const CALLS = 1_500;
/** Cloudflare's own limit, with the window shortened from 300 s. */
const LIMIT = { requests: 1_200, seconds: 5 };
const UNLIMITED = { requests: 1_000_000, seconds: 300 };
const ROUNDS = 5;

/** @typedef {{ seconds: number, refused: number, failed: string[], calls: number }} Run */

/**
 * Time to finish many calls under a limit, against the least that the limit allows; by one process and
 * by two that know nothing of each other.
 * @param {import("./run.mjs").Context} context
 * @returns {Promise<import("./table.mjs").Part>}
 */
export async function rateLimit({ workshop, say }) {
  const rows = [];
  for (const processes of [1, 2]) {
    /** @type {Run[]} */
    const limited = [];
    /** @type {Run[]} */
    const free = [];
    for (let round_ = 0; round_ < ROUNDS; round_ += 1) {
      free.push(await run(processes, UNLIMITED));
      limited.push(await run(processes, LIMIT));
      say(`${CALLS} calls, processes: ${processes}, limited: ${round(limited.at(-1)?.seconds ?? 0)} s`);
    }
    const rates = free.map(({ seconds, calls }) => calls / seconds);
    const least = rates.map(leastSeconds);
    const seconds = limited.map((one) => one.seconds);
    // Each against the run just before it: on a busy machine the rate of another minute is another one.
    const ratios = seconds.map((value, index) => value / (least[index] ?? Number.NaN));
    const who = processes === 1 ? "one process" : `${processes} processes`;
    rows.push(
      { name: `${who}, no limit`, value: round(median(rates), 0), unit: "calls/s", note: spread(rates, 0) },
      { name: `${who}, least time`, value: round(median(least)), unit: "s", note: spread(least) },
      { name: `${who}, time`, value: round(median(seconds)), unit: "s", note: spread(seconds) },
      {
        name: `${who}, time against the least`,
        value: round(median(ratios), 3),
        unit: "times",
        target: { most: 1.05 },
        note: spread(ratios, 3),
      },
      {
        name: `${who}, answers with status 429`,
        value: Math.max(...limited.map(({ refused }) => refused)),
        unit: "at most in a round",
        target: { most: 0 },
        note: limited.map(({ refused, calls }) => `${refused} of ${calls}`).join(", "),
      },
      {
        name: `${who}, resources that failed`,
        value: sum(limited.map(({ failed }) => failed.length)),
        unit: "in all rounds",
        target: { most: 0 },
        note: limited.flatMap(({ failed }) => failed.slice(0, 1)).join(" "),
      },
    );
  }
  const limit = `${LIMIT.requests} in ${LIMIT.seconds} s`;
  return { title: `${CALLS} calls under a limit of ${limit}, medians of ${ROUNDS} rounds`, rows };

  /**
   * @param {number} processes
   * @param {import("../simulator/index.js").RateLimit} limit
   * @returns {Promise<Run>}
   */
  async function run(processes, limit) {
    const simulator = await workshop.simulator({ rateLimit: limit });
    // Each process lists the account once, and that is a call too.
    const creates = CALLS / processes - 1;
    const clients = await Promise.all(
      Array.from({ length: processes }, (_, index) => {
        const range = [index * creates, (index + 1) * creates].map(String);
        return startClient([workshop.folder, simulator.accountId, ...range], credentials(simulator));
      }),
    );
    const ends = await Promise.all(clients.map((go) => go()));
    const requests = await takeRequests(simulator);
    await workshop.stop(simulator);
    return {
      seconds:
        (Math.max(...ends.map((end) => end.ended)) - Math.min(...ends.map((end) => end.began))) / 1_000,
      refused: requests.filter(({ status }) => status === 429).length,
      failed: ends.flatMap(({ failed }) => failed),
      calls: requests.length,
    };
  }
}

/**
 * The window begins with the first call. What it allows is sent at once, the rest when it is over.
 * @param {number} rate calls a second without a limit
 */
function leastSeconds(rate) {
  const firstWindow = LIMIT.requests / rate;
  return Math.max(firstWindow, LIMIT.seconds) + (CALLS - LIMIT.requests) / rate;
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<() => Promise<{ began: number, ended: number, failed: string[] }>>} lets it begin
 */
async function startClient(args, env) {
  // What it says of its progress goes to stdout, and is not asked for here.
  const client = fork(join(import.meta.dirname, "rate-limit-client.mjs"), args, {
    env,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const failed = once(client, "exit").then(([code]) => {
    throw new Error(`a client ended with ${code} before its time`);
  });
  const message = async () => {
    const [said] = await Promise.race([once(client, "message"), failed]);
    return said;
  };
  await message();
  return async () => {
    client.send("go");
    const report = await message();
    // It ends by itself now, and that is no failure any more.
    await failed.catch(() => {});
    return report;
  };
}

/** @param {number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
