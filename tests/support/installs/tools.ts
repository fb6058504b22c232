import { chmod, mkdir, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { engineRoot } from "../stack";
import { mustRun } from "./command";
import { type NodeMajor, VERSIONS } from "./versions";

/** Packages that are installed once for a test file, each in a folder of its own. */
const installed = new Map<string, Promise<string>>();

/** The folder of a package from the registry; nothing of it is run on the way. */
export function packageFolder(name: string, version: string): Promise<string> {
  const found = installed.get(name + version);
  if (found !== undefined) return found;
  const making = install(name, version);
  installed.set(name + version, making);
  return making;
}

async function install(name: string, version: string): Promise<string> {
  const folder = join(engineRoot(), "tools", `${name.replace("/", "-")}-${version}-${process.pid}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
  const args = ["install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--save-exact"];
  await mustRun(folder, { command: "npm", args: [...args, `${name}@${version}`] });
  return join(folder, "node_modules", name);
}

/** A folder for PATH in which `node` is of that major version: the registry has Node for each platform as a package. */
export async function nodeBin(major: NodeMajor): Promise<string> {
  const node = await packageFolder(`node-${platform()}-${arch()}`, VERSIONS.node[major]);
  return join(node, "bin");
}

export async function yarnScript(): Promise<string> {
  return join(await packageFolder("@yarnpkg/cli-dist", VERSIONS.yarn), "bin", "yarn.js");
}

export async function pnpmProgram(): Promise<string> {
  const name = `@pnpm/exe.${platform()}-${arch()}`;
  return executable(join(await packageFolder(name, VERSIONS.pnpm12), "pnpm"));
}

export async function bunProgram(): Promise<string> {
  const cpu = arch() === "arm64" ? "aarch64" : arch();
  return executable(join(await packageFolder(`@oven/bun-${platform()}-${cpu}`, VERSIONS.bun), "bin", "bun"));
}

async function executable(program: string): Promise<string> {
  await chmod(program, 0o755);
  return program;
}
