import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { blocksIn, blocksOf, ONLY_READ } from "../../support/guides/blocks";
import { missingLine } from "../../support/guides/expected-output";
import { withArgument } from "../../support/guides/program";

const ROOT = resolve(__dirname, "../../..");
const PAGES = readdirSync(join(ROOT, "docs"));
const isDone = ({ language }: { language: string }) => !ONLY_READ.includes(language);

test.each(PAGES.filter((page) => blocksOf(join(ROOT, "docs", page)).some(isDone)))(
  "a test walks all that %s says to do",
  (page) => {
    // The walk takes each block, and fails on one that it does not know.
    const walk = join(ROOT, "tests/long/guides", page.replace(/\.md$/, ".test.ts"));
    expect(existsSync(walk)).toBe(true);
    expect(readFileSync(walk, "utf8")).toContain(`"docs/${page}"`);
  },
);

test("each block says what it is, and output follows the command that prints it", () => {
  for (const page of PAGES) {
    const blocks = blocksOf(join(ROOT, "docs", page));
    for (const [index, { language, line }] of blocks.entries()) {
      expect({ page, line, language }).toMatchObject({ language: expect.stringMatching(/^\w+$/) });
      if (language === "output")
        expect({ page, line, before: blocks[index - 1]?.language }).toMatchObject({ before: "sh" });
    }
  }
});

test("a block has its language, its note, its text and the headings above it", () => {
  const text = "# A\n## B\n```sh on-ns1 again\nls\n```\n## C\n```ts index.ts\nx\n\ny\n```\n";
  expect(blocksIn(text)).toEqual([
    { language: "sh", note: "on-ns1 again", text: "ls\n", headings: ["A", "B"], line: 3 },
    { language: "ts", note: "index.ts", text: "x\n\ny\n", headings: ["A", "C"], line: 7 },
  ]);
  expect(() => blocksIn("```sh\nls\n")).toThrow("line 1 has no end");
});

test("what a guide shows has to be printed, line after line", () => {
  const printed = " +  Tsig   key created (0.06s)\nResources:\n    + 2 created\n";
  expect(missingLine("+ Tsig key created\n+ 2 created", printed)).toBeUndefined();
  expect(missingLine("Tsig … (…s)", printed)).toBeUndefined();
  expect(missingLine("+ 2 created\nResources:", printed)).toBe("Resources:");
  expect(missingLine("+ 3 created", printed)).toBe("+ 3 created");
});

test("an argument takes the place of the one that is there, or comes last", () => {
  const program =
    'const zone = new SecondaryZone("a", {\n  primaries: [],\n});\nexport const ds = zone.ds;\n';
  expect(withArgument(program, "  primaries: [1],\n")).toContain("  primaries: [1],\n});");
  expect(withArgument(program, "dnssec: 2,")).toContain("  primaries: [],\n  dnssec: 2,\n});");
  expect(() => withArgument(program, "more();")).toThrow("no argument");
});
