import { readFileSync } from "node:fs";

/** A fenced block of a Markdown file. */
export interface Block {
  /** The first word behind the fence; what the walk of a guide does with it hangs on it. */
  readonly language: string;
  /** The words after it, which Markdown does not show. */
  readonly note: string;
  readonly text: string;
  /** The headings that it stands under, the nearest last. */
  readonly headings: readonly string[];
  readonly line: number;
}

/** What a reader only looks at: everything else in a guide is done by its walk. */
export const ONLY_READ: readonly string[] = ["text", "mermaid"];

const FENCE = /^```(\S*) ?(.*)$/;

export function blocksOf(file: string): Block[] {
  return blocksIn(readFileSync(file, "utf8"));
}

export function blocksIn(markdown: string): Block[] {
  const blocks: Block[] = [];
  let headings: string[] = [];
  let open: { language: string; note: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    const [, language, note = ""] = FENCE.exec(line) ?? [];
    if (open !== undefined) {
      if (language === "") {
        const { lines, ...rest } = open;
        blocks.push({ ...rest, text: `${lines.join("\n")}\n`, headings });
        open = undefined;
      } else open.lines.push(line);
    } else if (language !== undefined) open = { language, note, line: index + 1, lines: [] };
    else {
      const [, marks, title] = /^(#+) (.+)$/.exec(line) ?? [];
      if (marks !== undefined && title !== undefined)
        headings = [...headings.slice(0, marks.length - 1), title];
    }
  }
  if (open !== undefined) throw new Error(`the block that begins in line ${open.line} has no end`);
  return blocks;
}
