// @ts-check
import { join } from "node:path";
import { credentials } from "../driver/credentials.cjs";
import { createStack } from "../driver/stack.cjs";

/** @typedef {Awaited<ReturnType<typeof openStack>>} Stack */

/**
 * The demo's stack. Its commands give back what they print.
 * @param {NodeJS.ProcessEnv} engine
 * @param {string} folder with the program in it
 * @param {import("../../simulator/index.js").Simulator} simulator
 */
export async function openStack(engine, folder, simulator) {
  const stack = await createStack({
    folder: join(folder, "program"),
    stack: "demo",
    own: folder,
    env: { PATH: engine.PATH, ...credentials(simulator) },
  });
  return {
    configure: stack.set,
    outputs: stack.outputs,
    /** @param {string[]} args */
    pulumi: async (...args) => (await stack.succeed(...args)).output,
    /** For a command that has to fail. @param {string[]} args */
    async refused(...args) {
      const { code, output } = await stack.pulumi(...args);
      if (code === 0) throw new Error(`pulumi ${args.join(" ")} should have failed:\n${output}`);
      return output;
    },
    /** Does what the guard refuses for this zone. @param {string} zone @param {string[]} args */
    forced: async (zone, ...args) => (await stack.succeedWith({ SECONDARY_DNS_FORCE: zone }, ...args)).output,
  };
}
