// @ts-check
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isInstalled } from "../tools/demo/server-process.mjs";
import { median, round, spread } from "./numbers.mjs";
import { KEY, serverFor, signZone, startPrimary, ZONE } from "./transfer-primary.mjs";
import { startSecondary } from "./transfer-secondary.mjs";
import { digZone, verify } from "./transfer-tools.mjs";

const NAMES = 100_000;
const ROUNDS = 3;
const TOOLS = ["dig", "ldns-keygen", "ldns-signzone", "dnssec-verify"];

/**
 * @typedef {import("./transfer-tools.mjs").Dug} Dug
 * @typedef {import("./transfer-secondary.mjs").Transferred} Transferred
 * @typedef {{ dug: Dug, transferred: Transferred }} Round
 */

/**
 * What the simulator's transfer of a large signed zone costs beside `dig AXFR` of the same zone; then
 * whether what it serves is still the zone that was signed.
 * @param {import("./run.mjs").Context} context
 * @returns {Promise<import("./table.mjs").Part>}
 */
export async function transfer({ workshop, say }) {
  const title = `Transfer of a zone of ${NAMES} names, signed with NSEC3`;
  const missing = TOOLS.filter((tool) => !isInstalled(tool));
  const server = serverFor();
  if (!server) missing.push("NSD, Knot or BIND");
  // Processor time and memory are read in /proc.
  if (process.platform !== "linux") missing.push("Linux");
  if (!server || missing.length > 0) {
    const note = `${missing.join(", ")}: tests/dns/install.sh installs what is needed`;
    return { title, rows: [{ name: "not measured, missing", value: missing.length, unit: "tools", note }] };
  }
  const folder = join(workshop.folder, "transfer");
  await mkdir(folder);
  say(`signing ${NAMES} names`);
  await signZone(folder, NAMES);
  const primary = await startPrimary(server, folder);
  try {
    const main = join(workshop.folder, "node_modules/pulumi-secondary-dns/dist/simulator/main.js");
    const { rounds, idle, served } = await compare(folder, primary.port, main, say);
    say("verifying what the simulator serves");
    const verified = await verify(folder, ZONE);
    return {
      title: `${title}, served by ${server.server}, medians of ${ROUNDS} rounds`,
      rows: [...rowsOf(rounds, idle), ...rowsOfServed(served, verified)],
    };
  } finally {
    await primary.stop();
  }
}

/**
 * In turn, so that what else the machine does falls on both alike.
 * @param {string} folder
 * @param {number} port
 * @param {string} main
 * @param {(line: string) => void} say
 */
async function compare(folder, port, main, say) {
  const secondary = await startSecondary(main, ZONE, port, KEY);
  try {
    const idle = await secondary.peakMegabytes();
    /** @type {Round[]} */
    const rounds = [];
    for (let round_ = 0; round_ < ROUNDS; round_ += 1) {
      const dug = await digZone(folder, ZONE, port, KEY);
      const transferred = await secondary.transfer();
      rounds.push({ dug, transferred });
      say(`dig: ${seconds(dug)}; simulator: ${seconds(transferred)}, peak ${transferred.peakMegabytes} MB`);
    }
    return { rounds, idle, served: await digZone(folder, ZONE, secondary.dnsPort) };
  } finally {
    await secondary.stop();
  }
}

/** @param {{ wall: number, processor: number }} took */
function seconds({ wall, processor }) {
  return `${round(wall)} s, processor time ${round(processor)} s`;
}

/**
 * @param {Round[]} rounds
 * @param {number} idle
 * @returns {import("./table.mjs").Row[]}
 */
function rowsOf(rounds, idle) {
  /** @param {(round: Round) => number} figure */
  const medianOf = (figure) => {
    const values = rounds.map(figure);
    return { value: round(median(values)), note: spread(values) };
  };
  const peaks = rounds.map(({ transferred }) => transferred.peakMegabytes);
  const last = rounds.at(-1);
  return [
    { name: "dig AXFR", unit: "s", ...medianOf(({ dug }) => dug.wall) },
    { name: "the simulator's transfer", unit: "s", ...medianOf(({ transferred }) => transferred.wall) },
    {
      name: "time against dig",
      unit: "times",
      ...medianOf(({ dug, transferred }) => transferred.wall / dug.wall),
    },
    {
      name: "processor time against dig",
      unit: "times",
      ...medianOf(({ dug, transferred }) => transferred.processor / dug.processor),
    },
    { name: "peak memory before", value: idle, unit: "MB" },
    { name: "peak memory, first transfer", value: peaks[0] ?? 0, unit: "MB" },
    {
      name: `peak memory, ${ROUNDS} transfers`,
      value: Math.max(...peaks),
      unit: "MB",
      note: "the old zone is served until the new one has come",
    },
    {
      name: "transferred",
      value: last?.transferred.records ?? 0,
      unit: "records",
      note: `dig: ${last?.dug.records} with the closing SOA, ${last?.dug.bytes} bytes`,
    },
  ];
}

/**
 * @param {Dug} served
 * @param {{ wall: number, faults: string }} verified
 * @returns {import("./table.mjs").Row[]}
 */
function rowsOfServed({ wall, records, bytes }, verified) {
  return [
    {
      name: "dig AXFR out of the simulator",
      value: round(wall),
      unit: "s",
      note: `${records} records, ${bytes} bytes`,
    },
    { name: "dnssec-verify of that", value: round(verified.wall), unit: "s" },
    {
      name: "zones that do not verify",
      value: verified.faults === "" ? 0 : 1,
      unit: "zones",
      target: { most: 0 },
      note: verified.faults || "every signature, and the whole NSEC3 chain",
    },
  ];
}
