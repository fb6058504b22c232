import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(__dirname, "../..");
let checkout: string;

/** Stands for the compiler: a dist as ours, of one line for each source and in no time. */
const COMPILER = `
const { mkdirSync, copyFileSync } = require("node:fs");
const outDir = process.argv[process.argv.indexOf("--outDir") + 1];
for (const folder of ["command-line", "simulator"]) mkdirSync(outDir + "/" + folder, { recursive: true });
for (const name of ["index", "command-line/main", "simulator/main"]) copyFileSync(name + ".ts", outDir + "/" + name + ".js");
`;

/** A checkout with the real tools. */
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "build-package-"));
  cpSync(join(root, "tools"), join(checkout, "tools"), { recursive: true });
  for (const folder of ["command-line", "simulator", "node_modules/typescript/bin"])
    mkdirSync(join(checkout, folder), { recursive: true });
  write("node_modules/typescript/bin/tsc", COMPILER);
  write("tsconfig.build.json", JSON.stringify({ include: ["index.ts", "command-line", "simulator"] }));
  write("index.ts", "1");
  for (const main of MAINS) write(`${main}.ts`, "1");
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

const write = (file: string, text: string) => writeFileSync(join(checkout, file), text);
const build = () =>
  promisify(execFile)(process.execPath, ["tools/setup/build-package.mjs"], { cwd: checkout });
const built = () => readdirSync(join(checkout, "dist"), { recursive: true }).map(String).sort();
const MAINS = ["command-line/main", "simulator/main"];
const WHOLE = ["command-line", "command-line/main.js", "index.js", "simulator", "simulator/main.js"];

describe("a build of the package", () => {
  test("makes dist, with commands that can be run", async () => {
    await build();
    expect(built()).toEqual(WHOLE);
    for (const main of MAINS) expect(statSync(join(checkout, `dist/${main}.js`)).mode & 0o111).toBe(0o111);
  });

  test("does nothing when nothing has changed", async () => {
    await build();
    expect((await build()).stderr).toBe("");
  });

  test.each<[title: string, change: () => void]>([
    ["a source has changed", () => write("index.ts", "2")],
    ["dist has lost a file", () => rmSync(join(checkout, "dist/index.js"))],
  ])("is made again when %s", async (_title, change) => {
    await build();
    change();
    expect((await build()).stderr).toContain("Compiling");
    expect(built()).toEqual(WHOLE);
  });

  test("leaves nothing of a deleted source, so that none is packed", async () => {
    await build();
    mkdirSync(join(checkout, "dist/gone"));
    write("dist/gone/stale.js", "");
    await build();
    expect(built()).toEqual(WHOLE);
  });

  test("can go on beside others: each succeeds, one whole dist is left and nothing else", async () => {
    for (let round = 0; round < 5; round += 1) {
      write("index.ts", `round ${round}`);
      await Promise.all(Array.from({ length: 6 }, build));
      expect(built()).toEqual(WHOLE);
      expect(readdirSync(join(checkout, ".cache"))).toEqual(["dist.sha256"]);
      expect((await build()).stderr).toBe("");
    }
  }, 60_000);
});
