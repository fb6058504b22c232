import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { mustRun } from "./command";
import { KEY, type Program } from "./programs";
import { manifest, packages, writeFiles } from "./project";

/** What a team publishes for itself: a component that has a TSIG of ours inside. */
const component = `const pulumi = require("@pulumi/pulumi");
const { Tsig } = require("pulumi-secondary-dns");
exports.Platform = class Platform extends pulumi.ComponentResource {
  constructor(name, { accountId }, options) {
    super("platform:index:Platform", name, {}, options);
    this.keyName = new Tsig(name, { accountId, name: "${KEY}" }, { parent: this }).name;
    this.registerOutputs({ keyName: this.keyName });
  }
};
`;

/** How the team's package says that it needs this one. */
export type Needs = "dependencies" | "peerDependencies";

/** The packed package, as a registry has it. */
export async function packWrapper(folder: string, needs: Needs): Promise<string> {
  const { "@pulumi/pulumi": sdk, ...own } = packages();
  const content = needs === "dependencies" ? own : { "pulumi-secondary-dns": "*" };
  const peers = { "@pulumi/pulumi": `^${sdk}`, ...(needs === "peerDependencies" ? content : {}) };
  await writeFiles(folder, {
    "index.js": component,
    "package.json": manifest({
      name: "platform",
      version: "1.0.0",
      main: "index.js",
      peerDependencies: peers,
      ...(needs === "dependencies" ? { dependencies: content } : {}),
    }),
  });
  await mustRun(folder, { command: "npm", args: ["pack", "--loglevel=error"] });
  const [packed] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  if (packed === undefined) throw new Error(`npm pack has left nothing in ${folder}`);
  return join(folder, packed);
}

/** A program that knows the team's package alone. */
export const wrapped: Program = {
  title: "JavaScript, CommonJS",
  files: {
    "index.js": `const pulumi = require("@pulumi/pulumi");
const { Platform } = require("platform");
const accountId = new pulumi.Config().require("accountId");
exports.name = new Platform("key", { accountId }).keyName;
`,
  },
  manifest: { main: "index.js" },
  dependencies: {},
};
