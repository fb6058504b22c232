// @ts-check
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { reason } from "../tools/pulumi/programs.mjs";
import { calls } from "./calls.mjs";
import { dsSet } from "./ds-set.mjs";
import { guarded } from "./guarded.mjs";
import { createWorkshop } from "./project.mjs";
import { rateLimit } from "./rate-limit.mjs";
import { state } from "./state.mjs";
import { isMet, table } from "./table.mjs";
import { makeThousand } from "./thousand.mjs";
import { transfer } from "./transfer.mjs";
import { up } from "./up.mjs";
import { zones } from "./zones.mjs";

/**
 * @typedef {object} Context
 * @property {import("./project.mjs").Workshop} workshop
 * @property {(line: string) => void} say how far it is
 * @property {() => ReturnType<typeof makeThousand>} thousand made once for all parts
 */

/** @type {Record<string, (context: Context) => Promise<import("./table.mjs").Part>>} */
const parts = { calls, guarded, "ds-set": dsSet, up, "rate-limit": rateLimit, state, zones, transfer };
const record = new URL("results.json", import.meta.url);

/**
 * Measures, prints a table, and after a whole run writes it down. Whatever the figures are, it succeeds:
 * a slow machine is no failure.
 * @param {string[]} wanted
 */
async function bench(wanted) {
  const unknown = wanted.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    throw new Error(`There is no part ${unknown.join(", ")}; there are: ${Object.keys(parts).join(", ")}.`);
  }
  const workshop = await createWorkshop();
  try {
    /** @type {ReturnType<typeof makeThousand> | undefined} */
    let made;
    const thousand = () => {
      made ??= makeThousand(workshop);
      return made;
    };
    const say = (/** @type {string} */ line) => console.error(`  ${line}`);
    const machine = { cores: cpus().length, node: process.versions.node, engine: workshop.engineVersion };
    console.log(`Cores: ${machine.cores}, Node ${machine.node}, Pulumi ${machine.engine}`);

    const results = [];
    for (const [name, measure] of Object.entries(parts)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      console.error(`Measuring: ${name}`);
      const part = await measure({ workshop, say, thousand });
      console.log(table(part));
      results.push({
        part: name,
        title: part.title,
        rows: part.rows.map((row) => ({ ...row, met: isMet(row) })),
      });
    }
    if (wanted.length > 0) return;
    await writeFile(record, `${JSON.stringify({ machine, parts: results }, null, 2)}\n`);
    console.log("\nWritten to bench/results.json.");
  } finally {
    await workshop.close();
  }
}

try {
  await bench(process.argv.slice(2));
} catch (error) {
  console.error(reason(error));
  process.exitCode = 1;
}
