// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
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

  // The same inputs, outputs and secret as ours, and a create that makes no call: the engine writes the
  // whole state at every step, so a floor that holds less says more of its state than of us.
  equal: `
const pulumi = require("@pulumi/pulumi");
const __provider = 'exports.handler=()=>require("bench-equal-state/runtime").tsig';
class Tsig extends pulumi.CustomResource {
  constructor(name, args) {
    const outputs = { algo: undefined, secret: undefined, adopt: undefined, profile: undefined, tsigId: undefined };
    const __owner = [pulumi.getProject(), pulumi.getStack(), name].join("/");
    const props = { ...outputs, ...args, __owner, __provider };
    super("pulumi-nodejs:dynamic/secondary-dns:Tsig", name, props, { additionalSecretOutputs: ["secret"] });
  }
}
${each("new Tsig(name, args);")}`,

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

/** The other half of `equal`, which its short `__provider` names. */
const equalRuntime = `
const tsigId = "0".repeat(32);
exports.tsig = {
  check: async (olds, news) => ({ inputs: { ...news, algo: "hmac-sha512.", adopt: false } }),
  create: async (inputs) => {
    const secret = require("node:crypto").randomBytes(64).toString("base64");
    return { id: inputs.accountId + "/" + tsigId, outs: { ...inputs, secret, tsigId } };
  },
};
`;

/** @typedef {keyof typeof programs} Way */
/** @type {readonly Way[]} */
const ways = ["floor", "equal", "ours", "usual"];

/**
 * Wall time of an `up` of many TSIGs against the least the engine takes, and against the usual way.
 * Rounds take turns, so that what else the machine does falls on all of them alike.
 * @param {import("./run.mjs").Context} context
 * @returns {Promise<import("./table.mjs").Part>}
 */
export async function up({ workshop, say }) {
  const equalPackage = join(workshop.folder, "node_modules", "bench-equal-state");
  await mkdir(equalPackage, { recursive: true });
  await writeFile(join(equalPackage, "runtime.js"), equalRuntime);
  const projects = {
    floor: await workshop.project("up-floor", programs.floor),
    equal: await workshop.project("up-same", programs.equal),
    ours: await workshop.project("up-ours", programs.ours),
    usual: await workshop.project("up-usual", programs.usual),
  };
  /** @type {Record<Way, number[]>} */
  const seconds = { floor: [], equal: [], ours: [], usual: [] };
  /** @type {Record<Way, number[]>} */
  const processor = { floor: [], equal: [], ours: [], usual: [] };
  const bytes = { floor: 0, equal: 0, ours: 0, usual: 0 };
  for (const way of ways) bytes[way] = (await timed(way, 1)).bytes;
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
    const [resource] = await stack.resources();
    const made = (await takeRequests(simulator)).filter(({ method }) => method === "POST").length;
    const wanted = way === "ours" || way === "usual" ? count : 0;
    if (made !== wanted) throw new Error(`${way}: ${made} of ${wanted} TSIGs were made`);
    await workshop.stop(simulator);
    return { ...took, bytes: Buffer.byteLength(JSON.stringify(resource)) };
  }

  /** @type {(ours: number[], others: number[]) => number[]} */
  const ratios = (ours, others) => ours.map((value, index) => value / (others[index] ?? Number.NaN));
  /** @type {(name: string, values: number[], unit: string) => import("./table.mjs").Row} */
  const row = (name, values, unit) => ({ name, value: round(median(values)), unit, note: spread(values) });
  const { floor, equal, ours, usual } = seconds;
  const others = `floor ${bytes.floor}, floor of equal state ${bytes.equal}, usual way ${bytes.usual}`;
  const rows = [
    { name: "state of a Tsig", value: bytes.ours, unit: "bytes", note: others },
    row("Tsig", ours, "s"),
    row("the engine's floor", floor, "s"),
    row("the engine's floor of equal state", equal, "s"),
    row("the usual way", usual, "s"),
    { ...row("Tsig against the floor", ratios(ours, floor), "times"), target: { most: 1.15 } },
    { ...row("Tsig against the usual way", ratios(ours, usual), "times"), target: { below: 1 } },
    row("Tsig against the floor of equal state", ratios(ours, equal), "times"),
    row("against the floor, processor time", ratios(processor.ours, processor.floor), "times"),
    row("against the floor of equal state, processor time", ratios(processor.ours, processor.equal), "times"),
    row("against the usual way, processor time", ratios(processor.ours, processor.usual), "times"),
  ];
  return {
    title: `\`up\` of ${COUNT} resources, medians of ${ROUNDS} rounds`,
    rows: rows.filter(({ value }) => !Number.isNaN(value)),
  };
}
