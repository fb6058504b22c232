// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** @typedef {import("../tools/driver/stack.cjs").StateResource} StateResource */

/**
 * A program of as many components with the same children and the same state, whose creates do nothing: what is left is
 * the engine's, and no package takes less.
 * @param {string} folder with the package
 * @param {readonly StateResource[]} zone what one SecondaryZone has in state, the component first
 * @returns {Promise<string>}
 */
export async function floorProgram(folder, [component, ...children]) {
  const made = children.map(({ type, urn, inputs, outputs = {} }) => {
    const { secret, ...outs } = outputs;
    return { type, name: urn.split("::").at(-1), inputs, outs, hasSecret: secret !== undefined };
  });
  const package_ = join(folder, "node_modules", "bench-zones");
  await mkdir(package_, { recursive: true });
  await writeFile(
    join(package_, "runtime.js"),
    `
const { randomBytes } = require("node:crypto");
for (const { type, outs, hasSecret } of ${JSON.stringify(made)}) {
  exports[type.split(":").at(-1)] = {
    check: async (olds, news) => ({ inputs: news }),
    create: async (inputs) => ({
      id: randomBytes(16).toString("hex"),
      outs: { ...outs, ...inputs, ...(hasSecret ? { secret: randomBytes(64).toString("base64") } : {}) },
    }),
  };
}`,
  );
  return `
const pulumi = require("@pulumi/pulumi");
const made = ${JSON.stringify(made)};
class Zone extends pulumi.ComponentResource {
  constructor(name, args) {
    super("secondary-dns:index:SecondaryZone", name, args);
    let before = [];
    for (const { type, name: child, inputs, outs, hasSecret } of made) {
      const outputs = Object.fromEntries(Object.keys(outs).filter((key) => !key.startsWith("__")).map((key) => [key, undefined]));
      const __provider = 'exports.handler=()=>require("bench-zones/runtime").' + type.split(":").at(-1);
      const options = { parent: this, dependsOn: before, additionalSecretOutputs: hasSecret ? ["secret"] : [] };
      const limit = Error.stackTraceLimit;
      Error.stackTraceLimit = 0;
      before = [new pulumi.CustomResource(type, name + "-" + child, { ...outputs, ...inputs, __provider }, options)];
      Error.stackTraceLimit = limit;
    }
    this.registerOutputs({ ...${JSON.stringify(component?.outputs ?? {})}, last: before[0].id });
  }
}
const { zones } = JSON.parse(process.env.GIVEN);
for (const at of zones.keys()) new Zone("zone-" + at, ${JSON.stringify(component?.inputs ?? {})});
`;
}
