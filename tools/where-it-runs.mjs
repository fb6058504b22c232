// @ts-check
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./setup/run.mjs";

/**
 * Writes the tables of docs/where-it-runs.md from what the last run of `npm run test:installs` saw.
 * A table stands between two comments with its name.
 */
const document = join(root, "docs/where-it-runs.md");
const results = join(root, ".cache/where-it-runs");

if (existsSync(results)) write();
else {
  console.error("There is no run to write from. Next: npm run test:installs");
  process.exitCode = 1;
}

function write() {
  let text = readFileSync(document, "utf8");
  for (const file of readdirSync(results)) {
    const mark = `<!-- ${basename(file, ".md")} -->\n`;
    const [before, , after] = text.split(mark);
    if (before === undefined || after === undefined)
      throw new Error(`${document} has no place for ${file}: two lines ${mark}`);
    text = [before, readFileSync(join(results, file), "utf8"), after].join(mark);
  }
  writeFileSync(document, text);
}
