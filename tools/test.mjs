// @ts-check
import { findPulumi } from "./pulumi/install.mjs";
import { checks } from "./test/checks.mjs";
import { runJest } from "./test/jest.mjs";

/** Each is a project of jest's own, which `npm test` leaves out. */
const APART = ["long", "installs"];

/** In these labs TTLs are seconds, and a neighbour that keeps the machine busy makes a server late: they have no others beside them. They mostly wait. */
const LABS = "tests/long/(lab-|guides/the-ds-at-the-registrar)";

const alone = APART.find((project) => process.argv[2] === `--${project}`);
const args = process.argv.slice(alone ? 3 : 2);
const engine = await findPulumi({ install: false }).catch(() => undefined);
const results = alone ? [] : await checks();
// A path that names such a test is meant, whichever command it was given to.
const projects = alone
  ? ["fast", "dns", "engine", ...APART.filter((project) => project !== alone)]
  : APART.filter((project) => !args.some((arg) => arg.includes(`tests/${project}`)));
const turns =
  alone === "long" && args.length === 0
    ? [
        // These keep the machine busy, engine and all.
        ["--maxWorkers", "2", "--testPathIgnorePatterns", LABS],
        ["--testPathPatterns", LABS],
      ]
    : [args];
const runs = [];
for (const turn of turns) runs.push(await runJest(turn, engine?.env(), projects));

const passed = results.filter(Boolean).length + sum(runs.map((run) => run.passed));
let failed = results.filter((ok) => !ok).length + sum(runs.map((run) => run.failed));
const skipped = runs.flatMap((run) => run.skipped);

if (!engine) {
  console.log(
    "Skipped: tests/engine, tests/long and tests/installs, as there is no Pulumi engine; `node tools/pulumi/install.mjs` says why.",
  );
  // Where nobody reads the output, a skipped layer must not look like a success.
  if (process.env.CI) failed += 1;
}
if (skipped.length > 0) console.log(`Skipped: ${skipped.join(", ")}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** @param {number[]} counts */
function sum(counts) {
  return counts.reduce((all, count) => all + count, 0);
}
