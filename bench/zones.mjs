// @ts-check

import { mustRun } from "../tools/driver/command.cjs";
import { credentials } from "../tools/driver/credentials.cjs";
import { median, round, spread } from "./numbers.mjs";
import { takeRequests } from "./project.mjs";
import { floorProgram } from "./zones-floor.mjs";

/** Before the saving of stacks, of calls and of what a zone's state held. */
const EARLIER = "15f4e2d";
const [ZONES, DNSSECS, ROUNDS, STARTS] = [50, 1_000, 3, 7];
/** The engine writes the whole state at each step, which is the same for both and no part of what is compared. */
const NO_CHECKPOINTS = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

const programs = {
  zones: `
const { SecondaryZone } = require("pulumi-secondary-dns");
const { accountId, zones } = JSON.parse(process.env.GIVEN);
for (const [at, { id, name }] of zones.entries()) {
  new SecondaryZone("zone-" + at, {
    accountId,
    zoneId: id,
    zoneName: name,
    tsig: { name: "cf." + name + "." },
    primaries: [{ address: "192.0.2.53" }],
    waitForTransfer: false,
    dnssec: { signing: "live" },
  });
}`,
  dnssecs: `
const { ZoneDnssec } = require("pulumi-secondary-dns");
for (const { id } of JSON.parse(process.env.GIVEN).zones) new ZoneDnssec(id, { zoneId: id });`,
};

/**
 * What a whole zone costs, and how much less time its program takes than before the saving of stacks and state.
 * Rounds take turns, so that what else the machine does falls on both alike.
 * @param {import("./run.mjs").Context} context
 * @returns {Promise<import("./table.mjs").Part>}
 */
export async function zones({ workshop, say }) {
  const title = `SecondaryZones, medians of ${ROUNDS} rounds`;
  /** @type {import("./table.mjs").Row[]} */
  const rows = [];
  /** @type {Map<string, Promise<import("./project.mjs").Project>>} */
  const projects = new Map();
  const first = await created(workshop.folder, ZONES);
  const lists = (await created(workshop.folder, 1)).calls - first.calls / ZONES;
  rows.push(
    {
      name: `a zone of ${ZONES}, first up`,
      value: Math.floor(first.calls / ZONES),
      unit: "calls",
      note: `and ${round(lists, 0)} lists of the account a run; ${first.calls} calls in all`,
      target: { most: 8 },
    },
    { name: "state of a zone", value: round(first.bytes, 0), unit: "bytes", target: { most: 9_216 } },
  );
  const earlier = await workshop.earlier(EARLIER);
  if (earlier === undefined) return { title, rows };
  rows.push({
    name: `state of a zone at ${EARLIER}`,
    value: round((await created(earlier, ZONES)).bytes, 0),
    unit: "bytes",
  });

  const ways = { now: workshop.folder, [EARLIER]: earlier };
  rows.push(
    ...(await compared(`up of ${ZONES} SecondaryZones`, 0.6, ways, async (within) => {
      return (await created(within, ZONES)).seconds;
    })),
    ...(await compared(`${ZONES} by docs/many-zones.md (no checkpoints)`, 0.6, ways, async (within) => {
      return (await created(within, ZONES, within === workshop.folder ? NO_CHECKPOINTS : {})).seconds;
    })),
    ...(await compared(`preview of ${DNSSECS} unchanged ZoneDnssec`, 0.55, ways, await previews(ways))),
  );
  const alone = await created(workshop.folder, 1);
  const floor = await workshop.project("zones-floor", await floorProgram(workshop.folder, alone.resources));
  const [least, leastUnwritten] = [await floorOf(floor), await floorOf(floor, NO_CHECKPOINTS)];
  rows.push(
    {
      name: "up of one SecondaryZone, now",
      value: round(alone.seconds),
      unit: "s",
      note: "the start of all processes",
    },
    {
      name: `up of ${ZONES} components of equal state whose children do nothing`,
      value: round(least.seconds),
      unit: "s",
      note: `${round(least.bytes, 0)} bytes each; without checkpoints ${round(leastUnwritten.seconds)} s. That is the engine's own time, most of it for writing its whole state at each step: the next largest cost`,
    },
  );
  const beside = await starts();
  rows.push({
    name: "require of the package, over that of @pulumi/pulumi",
    value: round(median(beside)),
    unit: "ms",
    note: spread(beside),
    target: { most: 10 },
  });
  return { title, rows };

  /** @param {keyof typeof programs} program @param {string} within */
  function projectOf(program, within) {
    // The stacks of all of them have one backend.
    const name = within === workshop.folder ? program : `earlier-${program}`;
    const known = projects.get(name) ?? workshop.project(name, programs[program], within);
    projects.set(name, known);
    return known;
  }

  /** @param {string} within @param {number} count */
  async function created(within, count, more = {}) {
    const simulator = await zonesWithParents(count);
    const project = await projectOf("zones", within);
    const stack = await project.stack(surroundings(simulator));
    await takeRequests(simulator);
    const began = performance.now();
    await stack.succeedWith(more, "up", "--yes", "--skip-preview");
    const seconds = (performance.now() - began) / 1_000;
    const calls = (await takeRequests(simulator)).length;
    const resources = await stack.resources();
    await stack.destroy();
    await workshop.stop(simulator);
    return { seconds, calls, resources, bytes: sizeOf(resources) / count };
  }

  /** @param {import("./project.mjs").Project} project */
  async function floorOf(project, more = {}) {
    const zones = Array.from({ length: ZONES });
    const stack = await project.stack({ GIVEN: JSON.stringify({ zones }) });
    const began = performance.now();
    await stack.succeedWith(more, "up", "--yes", "--skip-preview");
    const seconds = (performance.now() - began) / 1_000;
    return { seconds, bytes: sizeOf(await stack.resources()) / ZONES };
  }

  /**
   * A stack for each way, which then is only previewed.
   * @param {Record<string, string>} all
   */
  async function previews(all) {
    const simulator = await zonesWithParents(DNSSECS);
    /** @type {Map<string, Awaited<ReturnType<import("./project.mjs").Project["stack"]>>>} */
    const stacks = new Map();
    for (const within of Object.values(all)) {
      const project = await projectOf("dnssecs", within);
      const stack = await project.stack(surroundings(simulator));
      await stack.succeedWith(NO_CHECKPOINTS, "up", "--yes", "--skip-preview");
      stacks.set(within, stack);
    }
    return async (/** @type {string} */ within) => {
      const began = performance.now();
      await stacks.get(within)?.succeed("preview", "--expect-no-changes");
      return (performance.now() - began) / 1_000;
    };
  }

  /**
   * @param {string} name
   * @param {number} most
   * @param {Record<string, string>} all
   * @param {(within: string) => Promise<number>} measure seconds
   */
  async function compared(name, most, all, measure) {
    const entries = Object.entries(all);
    const seconds = new Map(entries.map(([way]) => [way, /** @type {number[]} */ ([])]));
    for (let round_ = 0; round_ < ROUNDS; round_ += 1) {
      for (const turn of entries.keys()) {
        const [way, within] = entries[(turn + round_) % entries.length] ?? ["", ""];
        const took = await measure(within);
        seconds.get(way)?.push(took);
        say(`${name}, ${way}: ${round(took)} s`);
      }
    }
    const [now = [], before = []] = entries.map(([way]) => seconds.get(way));
    const ratios = now.map((each, at) => each / (before[at] ?? Number.NaN));
    return [
      { name: `${name}, now`, value: round(median(now)), unit: "s", note: spread(now) },
      { name: `${name}, ${EARLIER}`, value: round(median(before)), unit: "s", note: spread(before) },
      {
        name: `${name}, against ${EARLIER}`,
        value: round(median(ratios)),
        unit: "times",
        note: spread(ratios),
        target: { most },
      },
    ];
  }

  /** Their parents answer at port 53 where that is allowed, as a zone's do. @param {number} count */
  function zonesWithParents(count) {
    const options = { zones: count };
    return workshop
      .simulator({ ...options, dnsAddress: "127.0.53.3", dnsPort: 53 })
      .catch(() => workshop.simulator(options));
  }

  async function starts() {
    const measure = `
const began = performance.now();
require("@pulumi/pulumi");
const between = performance.now();
require("pulumi-secondary-dns");
console.log(performance.now() - between);`;
    const project = await workshop.project("start", measure);
    const options = { cwd: project.folder, env: process.env };
    const took = [];
    for (let start = 0; start < STARTS; start += 1)
      took.push(Number((await mustRun(process.execPath, ["index.js"], options)).stdout));
    return took;
  }
}

/** @param {readonly import("../tools/driver/stack.cjs").StateResource[]} resources */
function sizeOf(resources) {
  return resources.reduce((sum, each) => sum + Buffer.byteLength(JSON.stringify(each)), 0);
}

/** @param {import("../simulator/index.js").Simulator} simulator */
function surroundings(simulator) {
  const { accountId, zones: all } = simulator;
  return {
    ...credentials(simulator),
    GIVEN: JSON.stringify({ accountId, zones: all.map(({ id, name }) => ({ id, name })) }),
  };
}
