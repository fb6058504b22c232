import { VERSIONS } from "./versions";

/** A program with one TSIG, whose name is its only output. */
export interface Program {
  /** As the table has it. */
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** In package.json, beside the dependencies. */
  readonly manifest: Readonly<Record<string, string>>;
  /** Beside @pulumi/pulumi and this package. */
  readonly dependencies: Readonly<Record<string, string>>;
}

export const KEY = "where.example.";

const typescript = `import * as pulumi from "@pulumi/pulumi";
import { Tsig, type TsigArgs } from "pulumi-secondary-dns";

const args: TsigArgs = { accountId: new pulumi.Config().require("accountId"), name: "${KEY}" };
const tsig = new Tsig("key", args);
export const name: pulumi.Output<string> = tsig.name;
`;

const typescriptPackages = { typescript: VERSIONS.typescript, "@types/node": VERSIONS.nodeTypes };

/** As `pulumi new typescript` writes it. */
export const commonJs: Program = {
  title: "TypeScript, CommonJS",
  files: {
    "index.ts": typescript,
    "tsconfig.json": JSON.stringify({
      compilerOptions: { strict: true, target: "es2020", module: "commonjs", moduleResolution: "node" },
      files: ["index.ts"],
    }),
  },
  manifest: { main: "index.ts" },
  dependencies: typescriptPackages,
};

export const nodeNext: Program = {
  title: `TypeScript, ES modules (NodeNext), ts-node ${VERSIONS.tsNode}`,
  files: {
    "index.ts": typescript,
    "tsconfig.json": JSON.stringify({
      compilerOptions: { strict: true, target: "es2022", module: "nodenext", moduleResolution: "nodenext" },
      files: ["index.ts"],
    }),
  },
  manifest: { main: "index.ts", type: "module" },
  dependencies: { ...typescriptPackages, "ts-node": VERSIONS.tsNode },
};

/** Node takes the types out itself, or Pulumi finds nothing that does. */
export const nodeNextAlone: Program = {
  ...nodeNext,
  title: "TypeScript, ES modules (NodeNext), without ts-node",
  dependencies: typescriptPackages,
};

export const javascript: Program = {
  title: "JavaScript, CommonJS",
  files: {
    "index.js": `const pulumi = require("@pulumi/pulumi");
const { Tsig } = require("pulumi-secondary-dns");
const accountId = new pulumi.Config().require("accountId");
exports.name = new Tsig("key", { accountId, name: "${KEY}" }).name;
`,
  },
  manifest: { main: "index.js" },
  dependencies: {},
};

export const javascriptModules: Program = {
  title: "JavaScript, ES modules",
  files: {
    "index.js": `import * as pulumi from "@pulumi/pulumi";
import { Tsig } from "pulumi-secondary-dns";
const accountId = new pulumi.Config().require("accountId");
export const name = new Tsig("key", { accountId, name: "${KEY}" }).name;
`,
  },
  manifest: { main: "index.js", type: "module" },
  dependencies: {},
};
