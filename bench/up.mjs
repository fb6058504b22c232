// @ts-check
import { median, round, spread } from "./numbers.mjs";
import { processorSeconds } from "./processor-time.mjs";
import { credentials, takeRequests } from "./project.mjs";

const COUNT = 500;
const ROUNDS = 3;

const each = (/** @type {string} */ statement) => `
const { ACCOUNT, COUNT } = process.env;
for (let i = 0; i < Number(COUNT); i += 1) {
  const name = "key-" + i;
  const args = { accountId: ACCOUNT, name: name + ".example." };
  ${statement}
}
`;

const programs = {
  ours: `const { Tsig } = require("pulumi-secondary-dns");${each("new Tsig(name, args);")}`,

  // As little as a dynamic resource can be: the same inputs, and a create that does nothing.
  floor: `
const pulumi = require("@pulumi/pulumi");
const __provider = "exports.handler=()=>({create:async(inputs)=>({id:inputs.name,outs:inputs})})";
${each(`new pulumi.CustomResource("pulumi-nodejs:dynamic/bench:Floor", name, { ...args, __provider });`)}`,

  // As Pulumi's documentation shows it: a closure that makes the call.
  usual: `
const pulumi = require("@pulumi/pulumi");
const provider = {
  async create(inputs) {
    const secret = require("node:crypto").randomBytes(64).toString("base64");
    const { CLOUDFLARE_BASE_URL, CLOUDFLARE_API_TOKEN } = process.env;
    const answer = await fetch(CLOUDFLARE_BASE_URL + "/accounts/" + inputs.accountId + "/secondary_dns/tsigs", {
      method: "POST",
      headers: { authorization: "Bearer " + CLOUDFLARE_API_TOKEN, "content-type": "application/json" },
      body: JSON.stringify({ name: inputs.name, algo: "hmac-sha512.", secret }),
    });
    const { success, errors, result } = await answer.json();
    if (!success) throw new Error(JSON.stringify(errors));
    return { id: result.id, outs: { ...inputs, ...result, tsigId: result.id } };
  },
};
class Tsig extends pulumi.dynamic.Resource {
  constructor(name, args) {
    const outputs = { algo: undefined, secret: undefined, tsigId: undefined };
    super(provider, name, { ...outputs, ...args }, { additionalSecretOutputs: ["secret"] });
  }
}
${each("new Tsig(name, args);")}`,
};

/** @typedef {keyof typeof programs} Way */
/** @type {readonly Way[]} */
const ways = ["floor", "ours", "usual"];

/**
 * Wall time of an `up` of many TSIGs against the least the engine takes, and against the usual way.
 * Rounds take turns, so that what else the machine does falls on all three alike.
 * @param {import("./run.mjs").Context} context
 * @returns {Promise<import("./table.mjs").Part>}
 */
export async function up({ workshop, say }) {
  const projects = {
    floor: await workshop.project("up-floor", programs.floor),
    ours: await workshop.project("up-ours", programs.ours),
    usual: await workshop.project("up-usual", programs.usual),
  };
  /** @type {Record<Way, number[]>} */
  const seconds = { floor: [], ours: [], usual: [] };
  /** @type {Record<Way, number[]>} */
  const processor = { floor: [], ours: [], usual: [] };
  for (const way of ways) await timed(way, 1);
  for (let round_ = 0; round_ < ROUNDS; round_ += 1) {
    // Each begins a round in its turn.
    for (const turn of ways.keys()) {
      const way = ways[(turn + round_) % ways.length] ?? "floor";
      const took = await timed(way, COUNT);
      seconds[way].push(took.wall);
      processor[way].push(took.processor);
      say(`up of ${COUNT}, ${way}: ${round(took.wall)} s, processor time ${round(took.processor)} s`);
    }
  }

  /** @param {Way} way @param {number} count */
  async function timed(way, count) {
    const simulator = await workshop.simulator();
    const variables = { ...credentials(simulator), ACCOUNT: simulator.accountId, COUNT: String(count) };
    const stack = await projects[way].stack(variables);
    const [began, used] = [performance.now(), processorSeconds()];
    await stack.change("up");
    const took = { wall: (performance.now() - began) / 1_000, processor: processorSeconds() - used };
    const made = (await takeRequests(simulator)).filter(({ method }) => method === "POST").length;
    if (way !== "floor" && made !== count) throw new Error(`${way}: ${made} of ${count} TSIGs were made`);
    await workshop.stop(simulator);
    return took;
  }

  /** @type {(ours: number[], others: number[]) => number[]} */
  const ratios = (ours, others) => ours.map((value, index) => value / (others[index] ?? Number.NaN));
  /** @type {(name: string, values: number[], unit: string) => import("./table.mjs").Row} */
  const row = (name, values, unit) => ({ name, value: round(median(values)), unit, note: spread(values) });
  const { floor, ours, usual } = seconds;
  const rows = [
    row("Tsig", ours, "s"),
    row("the engine's floor", floor, "s"),
    row("the usual way", usual, "s"),
    { ...row("Tsig against the floor", ratios(ours, floor), "times"), target: { most: 1.15 } },
    { ...row("Tsig against the usual way", ratios(ours, usual), "times"), target: { below: 1 } },
    row("against the floor, processor time", ratios(processor.ours, processor.floor), "times"),
    row("against the usual way, processor time", ratios(processor.ours, processor.usual), "times"),
  ];
  return {
    title: `\`up\` of ${COUNT} resources, medians of ${ROUNDS} rounds`,
    rows: rows.filter(({ value }) => !Number.isNaN(value)),
  };
}
