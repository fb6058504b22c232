import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Failure } from "./command";
import { registryIsReached } from "./registry";

/** One line of the table: a way to have and run a program, which is run. */
export interface Cell {
  readonly what: string;
  /** Of what is not in `what`. */
  readonly versions: string;
  readonly run: (folder: string) => Promise<Failure>;
  /** What it takes, in the words of the table. */
  readonly needs?: string;
  /** For what cannot work: the sentence in which it ends, and what to do in its place. */
  readonly refusal?: { readonly sentence: RegExp; readonly instead: string };
}

const DOCUMENT = "docs/where-it-runs.md";

/** Runs the cells, and holds the section of that name in the document to what came of them. */
export function section(name: string, cells: readonly Cell[]): void {
  if (!registryIsReached()) {
    console.warn(`${name}: skipped, since the npm registry cannot be reached`);
    describe.skip(`${name}: the npm registry cannot be reached`, () => {
      // A describe without a test fails its file.
      test("is tested where it can", () => {});
    });
    return;
  }
  const lines = new Map<Cell, string>();

  test.each(cells.map((cell) => [`${cell.what} (${cell.versions})`, cell] as const))(
    "%s",
    async (_title, cell) => {
      // No folder above it has a node_modules in which something could be found that is not installed.
      const folder = await mkdtemp(join(await realpath(tmpdir()), "where-it-runs-"));
      try {
        const outcome = outcomeOf(cell, await cell.run(folder));
        lines.set(cell, `| ${cell.what} | ${cell.versions} | ${outcome} |`);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );

  test(`${DOCUMENT} says what came of it ("node tools/where-it-runs.mjs" writes it)`, () => {
    // With -t, or after a failure, there is nothing that could be written.
    expect([...lines.keys()].map(({ what }) => what)).toEqual(cells.map(({ what }) => what));
    const table = `${HEADING}\n${cells.map((cell) => lines.get(cell)).join("\n")}\n`;
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(join(RESULTS, `${name}.md`), table);
    expect(written(name)).toBe(table);
  });
}

/** Where `tools/where-it-runs.mjs` looks. */
const RESULTS = ".cache/where-it-runs";

const HEADING = "| what | with | runs |\n| --- | --- | --- |";

function outcomeOf({ needs, refusal }: Cell, failure: Failure): string {
  if (refusal === undefined) {
    expect(failure).toBeUndefined();
    return needs === undefined ? "yes" : `yes, with ${needs}`;
  }
  // The line breaks of tools that wrap are not the sentence's.
  const said = (failure ?? "it works").replaceAll(/\s+/g, " ");
  expect(said).toMatch(refusal.sentence);
  return `no: \`${refusal.sentence.exec(said)?.[0]}\` ${refusal.instead}`;
}

function written(name: string): string | undefined {
  return readFileSync(DOCUMENT, "utf8").split(`<!-- ${name} -->\n`)[1];
}
