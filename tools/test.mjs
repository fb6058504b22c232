// @ts-check
import { findPulumi } from "./pulumi/install.mjs";
import { checks } from "./test/checks.mjs";
import { runJest } from "./test/jest.mjs";

const isLong = process.argv[2] === "--long";
const args = process.argv.slice(isLong ? 3 : 2);
const engine = await findPulumi({ install: false }).catch(() => undefined);
const results = isLong ? [] : await checks();
// A path that names a long test is meant, whichever of the two commands it was given to.
const projects = isLong
  ? ["fast", "dns", "engine"]
  : args.some((arg) => arg.includes("tests/long"))
    ? []
    : ["long"];
const jest = await runJest(args, engine?.env(), projects);

const passed = results.filter(Boolean).length + jest.passed;
let failed = results.filter((ok) => !ok).length + jest.failed;

if (!engine) {
  console.log(
    "Skipped: tests/engine and tests/long, as there is no Pulumi engine; `node tools/pulumi/install.mjs` says why.",
  );
  // Where nobody reads the output, a skipped layer must not look like a success.
  if (process.env.CI) failed += 1;
}
if (jest.skipped.length > 0) console.log(`Skipped: ${jest.skipped.join(", ")}.`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
