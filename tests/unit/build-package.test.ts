import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(__dirname, "../..");
let checkout: string;

/** Stands for the compiler: a dist as ours, of one line for each source and in no time. */
const COMPILER = `
const { mkdirSync, copyFileSync } = require("node:fs");
const outDir = process.argv[process.argv.indexOf("--outDir") + 1];
for (const folder of ["command-line", "provider/runtime", "simulator"])
  mkdirSync(outDir + "/" + folder, { recursive: true });
for (const name of ["index", "command-line/main", "provider/runtime/index", "simulator/main"])
  copyFileSync(name + ".ts", outDir + "/" + name + ".js");
`;

/** A checkout with the real tools and the real bundler. */
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "build-package-"));
  cpSync(join(root, "tools"), join(checkout, "tools"), { recursive: true });
  for (const folder of ["command-line", "provider/runtime", "simulator", "node_modules/typescript/bin"])
    mkdirSync(join(checkout, folder), { recursive: true });
  symlinkSync(join(root, "node_modules/esbuild"), join(checkout, "node_modules/esbuild"), "dir");
  write("node_modules/typescript/bin/tsc", COMPILER);
  write(
    "tsconfig.build.json",
    JSON.stringify({ include: ["index.ts", "command-line", "provider", "simulator"] }),
  );
  for (const bundle of BUNDLES) write(`${bundle}.ts`, "export const value = 1;");
  for (const main of MAINS) write(`${main}.ts`, "1");
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

const write = (file: string, text: string) => writeFileSync(join(checkout, file), text);
const build = () =>
  promisify(execFile)(process.execPath, ["tools/setup/build-package.mjs"], { cwd: checkout });
const built = () => readdirSync(join(checkout, "dist"), { recursive: true }).map(String).sort();
const MAINS = ["command-line/main", "simulator/main"];
const BUNDLES = ["index", "provider/runtime/index"];
const WHOLE = [
  "command-line",
  "command-line/main.js",
  "index.js",
  "provider",
  "provider/runtime",
  "provider/runtime/index.js",
  "simulator",
  "simulator/main.js",
];

describe("a build of the package", () => {
  test("makes dist, with commands that can be run", async () => {
    await build();
    expect(built()).toEqual(WHOLE);
    for (const main of MAINS) expect(statSync(join(checkout, `dist/${main}.js`)).mode & 0o111).toBe(0o111);
  });

  test.each(BUNDLES)("puts all that %s imports of this package into one file", async (bundle) => {
    write("provider/inner.ts", "export const value: string = 'of the inner file';");
    write(`${bundle}.ts`, `export { value } from "${bundle === "index" ? "./provider" : ".."}/inner";`);
    await build();
    expect(built()).toEqual(WHOLE);
    const load = createRequire(join(checkout, "index.js"));
    expect(load(join(checkout, "dist", `${bundle}.js`))).toEqual({ value: "of the inner file" });
  });

  test("leaves other packages where they are, so that their fixes reach users", async () => {
    write("index.ts", `export { z } from "zod";`);
    await build();
    expect(readFileSync(join(checkout, "dist/index.js"), "utf8")).toContain(`require("zod")`);
  });

  test("does nothing when nothing has changed", async () => {
    await build();
    expect((await build()).stderr).toBe("");
  });

  test.each<[title: string, change: () => void]>([
    ["a source has changed", () => write("index.ts", "export const value = 2;")],
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
      write("index.ts", `export const round = ${round};`);
      await Promise.all(Array.from({ length: 6 }, build));
      expect(built()).toEqual(WHOLE);
      expect(readdirSync(join(checkout, ".cache"))).toEqual(["dist.sha256"]);
      expect((await build()).stderr).toBe("");
    }
  }, 60_000);
});
