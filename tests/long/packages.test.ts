import { execFile } from "node:child_process";
import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { devDependencies } from "../../package.json";
import { startControl } from "../support/one-of-each";
import { createStack, credentials, engineRoot, tarball } from "../support/stack";

const run = promisify(execFile);

const typescript = {
  language: "TypeScript",
  name: "ts.example.",
  files: {
    "package.json": JSON.stringify({ name: "program", private: true, main: "index.ts" }),
    "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { Tsig, type TsigArgs } from "pulumi-secondary-dns";
import { startSimulator, type Simulator } from "pulumi-secondary-dns/simulator";
const args: TsigArgs = { accountId: new pulumi.Config().require("accountId"), name: "ts.example." };
const start: () => Promise<Simulator> = startSimulator;
const tsig = new Tsig("key", args);
export const name: pulumi.Output<string> = tsig.name;
export const simulator = typeof start;
`,
    // As `pulumi new typescript` writes it.
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        strict: true,
        outDir: "bin",
        target: "es2020",
        module: "commonjs",
        moduleResolution: "node",
        sourceMap: true,
        experimentalDecorators: true,
        pretty: true,
        noFallthroughCasesInSwitch: true,
        noImplicitReturns: true,
        forceConsistentCasingInFileNames: true,
      },
      files: ["index.ts"],
    }),
  },
};

const esm = {
  language: "ESM",
  name: "esm.example.",
  files: {
    "package.json": JSON.stringify({ name: "program", private: true, type: "module", main: "index.js" }),
    "index.js": `
import * as pulumi from "@pulumi/pulumi";
import { Tsig } from "pulumi-secondary-dns";
const tsig = new Tsig("key", { accountId: new pulumi.Config().require("accountId"), name: "esm.example." });
export const name = tsig.name;
`,
  },
};

const bin = join(process.cwd(), "node_modules", ".bin");
const managers = {
  npm: ["npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"],
  pnpm: [join(bin, "pnpm"), "install", "--prefer-offline", "--ignore-scripts", "--reporter=silent"],
} as const;

test.each(["npm", "pnpm"] as const)("what %s installed runs in TypeScript and in ESM", async (manager) => {
  const root = await mkdtemp(join(engineRoot(), `${manager}-`));
  const dependencies = {
    "@pulumi/pulumi": devDependencies["@pulumi/pulumi"],
    "pulumi-secondary-dns": `file:${tarball()}`,
    typescript: devDependencies.typescript,
    "@types/node": devDependencies["@types/node"],
  };
  await writeFile(join(root, "package.json"), JSON.stringify({ name: "root", private: true, dependencies }));
  const [command, ...args] = managers[manager];
  await run(command, args, { cwd: root });

  for (const program of [typescript, esm]) {
    const { simulator, state } = await startControl();
    const stack = await createStack({
      files: program.files,
      typescript: program.language === "TypeScript",
      parent: root,
      env: credentials(simulator),
      config: { accountId: simulator.accountId },
    });
    await stack.up();
    expect((await stack.outputs()).name).toBe(program.name);
    await stack.succeed("preview", "--refresh", "--expect-no-changes");
    await stack.destroy();
    expect((await state()).tsigs).toEqual({});
  }
});

test("what only another package depends on is refused in a sentence, before anything is asked for", async () => {
  const { simulator, requests } = await startControl();
  const root = await mkdtemp(join(tmpdir(), "through-another-"));
  const installed = join(engineRoot(), "node_modules");
  const platform = join(root, "node_modules", "platform");
  await mkdir(join(platform, "node_modules"), { recursive: true });
  await symlink(join(installed, "@pulumi"), join(root, "node_modules", "@pulumi"));
  await symlink(
    join(installed, "pulumi-secondary-dns"),
    join(platform, "node_modules", "pulumi-secondary-dns"),
  );
  await writeFile(
    join(platform, "index.js"),
    'const { Tsig } = require("pulumi-secondary-dns"); exports.key = (name, args) => new Tsig(name, args);',
  );
  const program = `require("platform").key("key", { accountId: "${simulator.accountId}", name: "cf.example." });`;
  const stack = await createStack({
    files: { "index.js": program },
    parent: root,
    env: credentials(simulator),
  });
  const { code, output } = await stack.pulumi("preview");
  expect(code).not.toBe(0);
  expect(output).toContain(`pulumi-secondary-dns cannot be loaded from ${stack.folder}`);
  expect(output).toContain("Next: make it a dependency of the program itself");
  expect(output).not.toMatch(/Cannot find module|\n\s+at /);
  expect(await requests()).toEqual([]);
});

const everything = `
import type { SecondaryZoneArgs, TsigArgs } from "pulumi-secondary-dns";
import { tsig } from "pulumi-secondary-dns/runtime";
import { type FaultRule, type State, type Switches, startSimulator } from "pulumi-secondary-dns/simulator";
export type Types = [SecondaryZoneArgs, TsigArgs, State, Switches, FaultRule];
export const values = [tsig, startSimulator];
`;

test.each([
  ["node10", "commonjs"],
  ["node16", "node16"],
  ["bundler", "preserve"],
])("its types compile under moduleResolution %s with all declarations checked", async (...modules) => {
  const [moduleResolution, module] = modules;
  const root = await mkdtemp(join(engineRoot(), "types-"));
  const compilerOptions = { strict: true, noEmit: true, target: "es2020", module, moduleResolution };
  await writeFile(join(root, "index.ts"), everything);
  await writeFile(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  const tsc = join(engineRoot(), "node_modules/typescript/bin/tsc");
  const { stdout } = await run(process.execPath, [tsc, "-p", root]).catch(
    (failed: { stdout: string }) => failed,
  );
  expect(stdout).toBe("");
});
