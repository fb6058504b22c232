import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathWithout, type TOOLS_OF } from "../support/hidden-tools";

jest.setTimeout(600_000);

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
}

/** The DNS tests on a machine that lacks these packages. */
function testsWithout(packages: readonly (keyof typeof TOOLS_OF)[], files: readonly string[]): Results {
  const folder = mkdtempSync(join(tmpdir(), "missing-servers-"));
  const path = pathWithout(packages);
  const results = join(folder, "results.json");
  try {
    const jest = [
      "node_modules/jest/bin/jest.js",
      "--selectProjects=dns",
      "--silent",
      "--json",
      `--outputFile=${results}`,
    ];
    const { stderr } = spawnSync(process.execPath, [...jest, ...files.map((file) => `tests/dns/${file}`)], {
      env: { ...process.env, PATH: path, TOOLS_PATH: path },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const parsed: Results = JSON.parse(readFileSync(results, "utf8"));
    if (parsed.numFailedTests + parsed.numFailedTestSuites > 0) console.error(stderr);
    return parsed;
  } finally {
    for (const each of [folder, path]) rmSync(each, { recursive: true, force: true });
  }
}

const SERVERS = ["knot", "nsd", "powerdns", "unbound"] as const;

test.each([
  ["no server", ["bind", ...SERVERS, "ldns", "faketime"], []],
  // Of each kind of file one: all of them are what `npm test` runs where everything is installed.
  ["BIND and its tools alone", [...SERVERS, "faketime"], ["transfer-errors", "primary-config", "ds"]],
  ["everything but faketime", ["faketime"], ["transfer-errors", "ask-primary", "fresh-signatures"]],
] as const)(
  "the DNS tests pass on a machine that has %s, and skip what they lack",
  (_title, without, files) => {
    const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = testsWithout(
      without,
      files,
    );
    expect({ numFailedTests, numFailedTestSuites }).toEqual({ numFailedTests: 0, numFailedTestSuites: 0 });
    expect(numPassedTests).toBeGreaterThan(0);
    expect(numPendingTests).toBeGreaterThan(0);
  },
);
