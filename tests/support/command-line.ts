import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../command-line/run";

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
}

/** Calls the command line as a person does, in this process. */
export async function call(args: readonly string[], { env = {}, folder }: Surroundings = {}): Promise<Said> {
  const said = { stdout: "", stderr: "" };
  const code = await run(args, {
    print: (text) => {
      said.stdout += text;
    },
    note: (text) => {
      said.stderr += text;
    },
    env: { PATH: process.env.PATH, ...env },
    folder: folder ?? process.cwd(),
  });
  return { code, ...said };
}

/** What a stand-in for Pulumi's CLI says to each command: JSON, or why not. */
export interface Pulumi {
  /** To `stack export`. */
  readonly state?: unknown;
  /** To `config`. */
  readonly config?: unknown;
  /** In place of both: what stands on stderr. */
  readonly refusal?: string;
}

const PROGRAM = `#!${process.execPath}
const { readFileSync, appendFileSync } = require("node:fs");
const [command] = process.argv.slice(2);
appendFileSync(__dirname + "/calls", process.argv.slice(2).join(" ") + "\\n");
const { state, config, refusal } = JSON.parse(readFileSync(__dirname + "/says.json", "utf8"));
if (refusal !== undefined) {
  process.stderr.write("error: " + refusal + "\\n");
  process.exit(1);
}
process.stdout.write(JSON.stringify(command === "config" ? config ?? {} : state ?? { version: 3, deployment: {} }));
`;

/** A folder for PATH in which `pulumi` says this. */
export function standInPulumi(says: Pulumi): { readonly PATH: string } {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-"));
  const program = join(folder, "pulumi");
  writeFileSync(program, PROGRAM);
  chmodSync(program, 0o755);
  writeFileSync(join(folder, "says.json"), JSON.stringify(says));
  return { PATH: folder };
}
