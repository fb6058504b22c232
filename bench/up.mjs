// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { credentials } from "../tools/driver/credentials.cjs";
import { median, round, spread } from "./numbers.mjs";
import { processorSeconds } from "./processor-time.mjs";
import { takeRequests } from "./project.mjs";

const COUNT = 500;
const ROUNDS = 5;

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

  // A create that does nothing, on the same inputs, outputs and secret as ours: the engine writes the whole state at
  // every step and encrypts its secrets, so a floor that holds less would say more of its state than of us.
  floor: `
const pulumi = require("@pulumi/pulumi");
const __provider = 'exports.handler=()=>require("bench-floor/runtime").tsig';
class Tsig extends pulumi.CustomResource {
  constructor(name, args) {
    const outputs = { algo: undefined, secret: undefined, adopt: undefined, profile: undefined, tsigId: undefined };
    const __owner = [pulumi.getProject(), pulumi.getStack(), name].join("/");
    const props = { ...outputs, ...args, __owner, __provider };
    super("pulumi-nodejs:dynamic/secondary-dns:Tsig", name, props, { additionalSecretOutputs: ["secret"] });
  }
}
${each("new Tsig(name, args);")}`,

  // What holding less would save: no secret, and no outputs but the inputs.
  bare: `
const pulumi = require("@pulumi/pulumi");
const __provider = "exports.handler=()=>({create:async(inputs)=>({id:inputs.name,outs:inputs})})";
${each(`new pulumi.CustomResource("pulumi-nodejs:dynamic/bench:Bare", name, { ...args, __provider });`)}`,

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

/** The other half of `floor`, which its short `__provider` names. */
const floorRuntime = `
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
const ways = ["floor", "bare", "ours", "usual"];

/**
 * Wall time of an `up` of many TSIGs against the least the engine takes, and against the usual way.
 * Rounds take turns, so that what else the machine does falls on all of them alike.
 * @param {import("./run.mjs").Context} context
 * @returns {Promise<import("./table.mjs").Part>}
 */
export async function up({ workshop, say }) {
  const floorPackage = join(workshop.folder, "node_modules", "bench-floor");
  await mkdir(floorPackage, { recursive: true });
  await writeFile(join(floorPackage, "runtime.js"), floorRuntime);
  const projects = {
    floor: await workshop.project("up-same", programs.floor),
    bare: await workshop.project("up-bare", programs.bare),
    ours: await workshop.project("up-ours", programs.ours),
    usual: await workshop.project("up-usual", programs.usual),
  };
  /** @type {Record<Way, number[]>} */
  const seconds = { floor: [], bare: [], ours: [], usual: [] };
  /** @type {Record<Way, number[]>} */
  const processor = { floor: [], bare: [], ours: [], usual: [] };
  const bytes = { floor: 0, bare: 0, ours: 0, usual: 0 };
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
    await stack.up();
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
  const { floor, bare, ours, usual } = seconds;
  const others = `floor ${bytes.floor}, bare ${bytes.bare}, usual way ${bytes.usual}`;
  const rows = [
    { name: "state of a Tsig", value: bytes.ours, unit: "bytes", note: others },
    row("Tsig", ours, "s"),
    row("the engine's floor of equal state", floor, "s"),
    row("the usual way", usual, "s"),
    row("a bare resource without a secret", bare, "s"),
    { ...row("Tsig against the floor of equal state", ratios(ours, floor), "times"), target: { most: 1.15 } },
    { ...row("Tsig against the usual way", ratios(ours, usual), "times"), target: { below: 1 } },
    row("Tsig against a bare resource", ratios(ours, bare), "times"),
    row("against the floor of equal state, processor time", ratios(processor.ours, processor.floor), "times"),
    row("against the usual way, processor time", ratios(processor.ours, processor.usual), "times"),
  ];
  return {
    title: `\`up\` of ${COUNT} resources, medians of ${ROUNDS} rounds`,
    rows: rows.filter(({ value }) => !Number.isNaN(value)),
  };
}
