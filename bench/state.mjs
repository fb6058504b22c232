// @ts-check

import { credentials } from "../tools/driver/credentials.cjs";
import { firstAnswer } from "./first-answer.mjs";
import { median, round, spread } from "./numbers.mjs";

const STARTS = 7;
const FLOOR = "exports.handler=()=>({create:async(inputs)=>({id:inputs.name,outs:inputs})})";

const program = `
const { HostupDnssecAuto, Tsig, ZoneDnssec } = require("pulumi-secondary-dns");
const { ACCOUNT, ZONE, DOMAIN } = process.env;
new Tsig("key", { accountId: ACCOUNT, name: "key.example." });
new ZoneDnssec("dnssec", { zoneId: ZONE });
new HostupDnssecAuto("auto", { domainName: DOMAIN });
`;

/** Promised for the state; nothing was promised for the other types. */
const mostBytes = new Map([["Tsig", 2_500]]);
const MOST_PROVIDER_BYTES = 128;

/**
 * What a resource costs beside time: its state, its provider's start and memory.
 * @param {import("./run.mjs").Context} context
 * @returns {Promise<import("./table.mjs").Part>}
 */
export async function state({ workshop, thousand }) {
  const simulator = await workshop.simulator();
  const project = await workshop.project("state", program);
  const stack = await project.stack({
    ...credentials(simulator),
    ACCOUNT: simulator.accountId,
    ZONE: simulator.zones[0]?.id,
    DOMAIN: simulator.domains[0]?.name,
  });
  await stack.up();
  const resources = await stack.resources();
  await workshop.stop(simulator);

  /** @type {import("./table.mjs").Row[]} */
  const rows = [];
  for (const resource of resources) {
    const type = resource.type.replace(/^.*:/, "");
    const most = mostBytes.get(type);
    rows.push(
      {
        name: `${type}, state`,
        value: Buffer.byteLength(JSON.stringify(resource)),
        unit: "bytes",
        ...(most === undefined ? {} : { target: { most } }),
      },
      {
        name: `${type}, __provider`,
        value: Buffer.byteLength(String(resource.inputs?.__provider)),
        unit: "bytes",
        target: { most: MOST_PROVIDER_BYTES },
      },
    );
  }

  const ours = String(resources.find(({ type }) => type.endsWith(":Tsig"))?.inputs?.__provider);
  /** @type {number[]} */
  const oursMs = [];
  /** @type {number[]} */
  const floorMs = [];
  for (let start = 0; start < STARTS; start += 1) {
    floorMs.push(await firstAnswer(project.folder, FLOOR));
    oursMs.push(await firstAnswer(project.folder, ours));
  }
  const { peakMegabytes, resources: count } = await thousand();
  rows.push(
    {
      name: "provider start to first answer",
      value: round(median(oursMs), 0),
      unit: "ms",
      note: `median of ${STARTS}, ${spread(oursMs, 0)}`,
    },
    {
      name: "the same of a provider that does nothing",
      value: round(median(floorMs), 0),
      unit: "ms",
      note: `median of ${STARTS}, ${spread(floorMs, 0)}`,
    },
    {
      name: "the one over the other",
      value: round(median(oursMs.map((ms, at) => ms - (floorMs[at] ?? Number.NaN))), 0),
      unit: "ms",
      target: { most: 100 },
    },
    { name: `provider's peak memory, ${count} Tsig`, value: round(peakMegabytes, 0), unit: "MB" },
  );
  return { title: "State, start and memory", rows };
}
