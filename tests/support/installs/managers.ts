import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Command, type Failure, runIn } from "./command";
import { bunProgram, nodeBin, pnpmProgram, yarnScript } from "./tools";
import { VERSIONS } from "./versions";

/** How a project's packages get installed, as its user would do it. */
export interface Manager {
  /** As the table has it. */
  readonly title: string;
  /** Files that say how. */
  readonly files: Readonly<Record<string, string>>;
  readonly install: () => Promise<Command>;
}

export const npm: Manager = {
  title: "npm",
  files: {},
  install: async () => ({
    command: "npm",
    args: ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"],
  }),
};

function pnpmOf(version: string, program: () => Promise<string>): Manager {
  const args = ["install", "--prefer-offline", "--ignore-scripts", "--reporter=append-only"];
  return {
    title: `pnpm ${version}`,
    files: {},
    install: async () => ({ command: await program(), args }),
  };
}

export const pnpm = pnpmOf(VERSIONS.pnpm, async () => join(process.cwd(), "node_modules", ".bin", "pnpm"));
export const pnpm12 = pnpmOf(VERSIONS.pnpm12, pnpmProgram);

export const bun: Manager = {
  title: `bun ${VERSIONS.bun}`,
  files: {},
  install: async () => ({ command: await bunProgram(), args: ["install"] }),
};

function yarn(nodeLinker: "node-modules" | "pnp"): Manager {
  return {
    title: `Yarn ${VERSIONS.yarn}, nodeLinker: ${nodeLinker}`,
    files: {
      // An empty lock file says that the project ends here.
      "yarn.lock": "",
      ".yarnrc.yml": `nodeLinker: ${nodeLinker}\nenableTelemetry: false\nenableGlobalCache: false\n`,
    },
    install: async () => ({ command: process.execPath, args: [await yarnScript(), "install"] }),
  };
}

export const yarnNodeModules = yarn("node-modules");
export const yarnPnp = yarn("pnp");

/** What the manager said if it refused. Yarn takes a new lock file for a mistake where CI is set. */
export async function installIn(folder: string, { files, install }: Manager): Promise<Failure> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const path = `${await nodeBin(20)}:${process.env.PATH}`;
  return runIn(folder, await install(), { PATH: path, CI: "", YARN_ENABLE_IMMUTABLE_INSTALLS: "false" });
}
