import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { tarball } from "../stack";
import type { Failure } from "./command";
import { installIn, type Manager } from "./managers";
import type { Program } from "./programs";
import { VERSIONS } from "./versions";

/** What everything that uses this package installs. */
export const packages = (pulumi: string = VERSIONS.pulumi.newest) => ({
  "@pulumi/pulumi": pulumi,
  "pulumi-secondary-dns": `file:${tarball()}`,
});

export type Files = Readonly<Record<string, string>>;

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

export function manifest(content: object): string {
  return JSON.stringify({ name: "program", private: true, ...content });
}

export interface Wish {
  readonly program: Program;
  readonly manager: Manager;
  readonly pulumi?: string;
  /** More dependencies than the program's own, or others. */
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A project of the usual kind: one package.json. */
export async function layOut(
  folder: string,
  { program, manager, pulumi, dependencies }: Wish,
): Promise<Failure> {
  await writeFiles(folder, {
    ...program.files,
    "Pulumi.yaml": "name: program\nruntime: nodejs\n",
    "package.json": manifest({
      ...program.manifest,
      dependencies: { ...packages(pulumi), ...program.dependencies, ...dependencies },
    }),
  });
  return installIn(folder, manager);
}
