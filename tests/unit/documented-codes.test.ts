import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findingCodes } from "../../command-line/doctor/finding";
import { errorCodes } from "../../provider/core/error-codes";

const page = (name: string) => readFileSync(join(__dirname, "../../docs", name), "utf8");
const firstGroups = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, group]) => group);

test("every error code has a chapter with something to do, and no chapter is of a code that is gone", () => {
  const text = page("troubleshooting.md");

  expect(firstGroups(text, /^## `(\w+)`$/gm).sort()).toEqual([...errorCodes].sort());
  for (const chapter of text.split(/^## /m).slice(1)) expect(chapter).toMatch(/^- |report it|Report it/m);
});

test("every finding of the doctor stands in its table once, and no other does", () => {
  expect(firstGroups(page("doctor.md"), /^\| `([\w-]+)` \|/gm).sort()).toEqual([...findingCodes].sort());
});
