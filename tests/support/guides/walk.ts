import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../dns-processes";
import { type Block, blocksOf, ONLY_READ } from "./blocks";
import { missingLine } from "./expected-output";
import { withArgument } from "./program";
import type { Shell } from "./shell";

/** What stands in the guide, and what takes its place here. */
export type Substitution = readonly [shown: string, used: string];

export interface Walk {
  readonly terminal: Shell;
  /** The terminal of a block that is marked so. */
  readonly terminals?: Readonly<Record<string, Shell>>;
  readonly substitutions: readonly Substitution[];
  /** What people do elsewhere, such as at their registrar, before the commands under a heading. */
  readonly before?: Readonly<Record<string, () => Promise<unknown>>>;
  /** Sections that are for others. */
  readonly without?: readonly string[];
}

/** Does what a guide says, block by block, and fails where one does not do what stands there. */
export async function walk(guide: string, how: Walk): Promise<void> {
  const passed = new Set<string>();
  const isForOthers = ({ headings }: Block) => headings.some((heading) => how.without?.includes(heading));
  const steps = stepsOf(blocksOf(guide).filter((block) => !isForOthers(block)));
  for (const step of steps) {
    const { block } = step;
    for (const heading of block.headings.filter((each) => !passed.has(each))) {
      passed.add(heading);
      await how.before?.[heading]?.();
    }
    try {
      await take(step, how);
    } catch (error) {
      throw new Error(`${guide} line ${block.line}: ${error instanceof Error ? error.message : error}`);
    }
  }
  const unknown = Object.keys(how.before ?? {}).filter((heading) => !passed.has(heading));
  if (unknown.length > 0) throw new Error(`${guide} has nothing to do under: ${unknown.join(", ")}`);
}

/** A block, and what it is to print. */
interface Step {
  readonly block: Block;
  readonly expected?: string;
}

function stepsOf(blocks: readonly Block[]): Step[] {
  return blocks.flatMap((block, index) => {
    if (ONLY_READ.includes(block.language)) return [];
    if (block.language === "output") {
      if (blocks[index - 1]?.language === "sh") return [];
      throw new Error(`line ${block.line}: no command prints this`);
    }
    const next = blocks[index + 1];
    return next?.language === "output" ? [{ block, expected: next.text }] : [{ block }];
  });
}

async function take({ block, expected = "" }: Step, how: Walk): Promise<void> {
  const { language, note } = block;
  const real = (text: string) =>
    how.substitutions.reduce((all, [shown, used]) => all.replaceAll(shown, used), text);
  const text = real(block.text);
  if (language === "sh") return runShown(text, real(expected), note, how);
  const folder = (await how.terminal.run("pwd")).trim();
  if (language === "ts" && note === "change") {
    const file = join(folder, "index.ts");
    writeFileSync(file, withArgument(readFileSync(file, "utf8"), text));
  } else if (note !== "") writeFileSync(join(folder, note), text);
  else throw new Error(`nothing says what this ${language} is for`);
}

/** A block that is marked `again` is one that the guide says to repeat until it prints what stands there. */
async function runShown(text: string, expected: string, note: string, how: Walk): Promise<void> {
  const words = note.split(" ").filter((word) => word !== "");
  const terminal = terminalFor(
    words.filter((word) => word !== "again"),
    how,
  );
  const missingNow = async () => {
    const printed = await terminal.run(text);
    const missing = missingLine(expected, printed);
    return missing === undefined ? "" : `this was not printed: ${missing}\n${printed}`;
  };
  let missing = await missingNow();
  if (words.includes("again"))
    await until(
      "the commands print what the guide says",
      async () => {
        if (missing !== "") missing = await missingNow();
        return missing === "";
      },
      () => missing,
    );
  else if (missing !== "") throw new Error(missing);
}

function terminalFor([name]: readonly string[], { terminal, terminals = {} }: Walk): Shell {
  const found = name === undefined ? terminal : terminals[name];
  if (found === undefined) throw new Error(`there is no terminal ${name}`);
  return found;
}
