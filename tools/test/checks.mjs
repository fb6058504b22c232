// @ts-check
import { reason } from "../pulumi/programs.mjs";
import { run } from "../setup/run.mjs";

const biome = "node_modules/@biomejs/biome/bin/biome";
const commands = {
  // `check` without the linter is formatting and the order of imports.
  Formatting: [biome, "check", "--linter-enabled=false", "."],
  Lint: [biome, "lint", "."],
  Types: ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"],
};

/** Runs what `npm run check` runs, and returns whether each part passed. */
export async function checks() {
  const results = [];
  for (const [name, command] of Object.entries(commands)) {
    process.stdout.write(`${name}: `);
    try {
      await run(process.execPath, command);
      results.push(true);
      console.log("passed");
    } catch (error) {
      results.push(false);
      console.log(`failed\n${reason(error)}`);
    }
  }
  return results;
}
