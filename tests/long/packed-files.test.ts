import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { registryIsReached } from "../support/installs/registry";
import { packageFolder } from "../support/installs/tools";
import { VERSIONS } from "../support/installs/versions";
import { tarball } from "../support/stack";

const isReached = registryIsReached();
if (!isReached)
  console.warn("publint and arethetypeswrong: skipped, since the npm registry cannot be reached");
const ifReached = isReached ? test : test.skip;

ifReached("publint has nothing to say of the packed tarball, a suggestion neither", async () => {
  const publint = join(await packageFolder("publint", VERSIONS.publint), "src", "cli.js");
  expect(await said(publint, "run", tarball(), "--strict")).toMatch(/\bAll good!\s*$/);
});

ifReached("arethetypeswrong resolves every entry point in every way", async () => {
  const attw = join(await packageFolder("@arethetypeswrong/cli", VERSIONS.attw), "dist", "index.js");
  const table = await said(attw, tarball(), "--no-color", "--no-emoji", "--profile", "strict");
  expect(table).toContain("No problems found");
  for (const entry of ["", "/runtime", "/simulator"])
    expect(table).toContain(`"pulumi-secondary-dns${entry}"`);
});

/** Also where it ends with a failure. */
async function said(script: string, ...args: string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, [script, ...args]);
  const { stdout } = await run.catch((failed: { stdout: string }) => failed);
  // In CI they write in colour.
  return stripVTControlCharacters(stdout);
}
