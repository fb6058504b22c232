import { spawn } from "node:child_process";
import { parseJson } from "./parse-json";
import { causeOf, StackError } from "./stack-error";

/** Of what a command says; a state of a thousand zones has 10 MB. */
const MOST_BYTES = 512 * 1024 * 1024;

export interface StackPlace {
  /** The one that is selected when left out. */
  readonly stack: string | undefined;
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What a read-only command of Pulumi's own CLI says, which must be JSON. It knows every backend and way to encrypt. */
export async function readJson(place: StackPlace, ...command: readonly string[]): Promise<unknown> {
  const flags = place.stack === undefined ? [] : ["--stack", place.stack];
  const { code, stdout, stderr } = await run(place, [...command, "--non-interactive", ...flags]);
  if (code !== 0) throw causeOf(stderr, place);
  const parsed = parseJson(stdout);
  if (parsed !== undefined) return parsed.value;
  throw new StackError(
    "other",
    `"pulumi ${command.join(" ")}" printed something that is not JSON.\nNext: run it yourself, and see what it prints.`,
  );
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run({ folder, env }: StackPlace, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    // No shell, so that a stack's name is an argument and nothing else.
    const child = spawn("pulumi", args, {
      cwd: folder,
      env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    let size = 0;
    const into = (chunks: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BYTES) chunks.push(chunk);
      else child.kill();
    };
    child.stdout.on("data", into(stdout));
    child.stderr.on("data", into(stderr));
    child.on("error", (error: NodeJS.ErrnoException) => reject(notStarted(error)));
    child.on("close", (code) => resolve({ code, stdout: textOf(stdout), stderr: textOf(stderr) }));
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
}

function notStarted({ code, message }: NodeJS.ErrnoException): StackError {
  if (code !== "ENOENT")
    return new StackError("other", `Pulumi's command line cannot be started: ${message}.`);
  return new StackError(
    "no pulumi",
    'Pulumi\'s command line was not found: "pulumi" is not on PATH.\nNext: install it (https://www.pulumi.com/docs/install/), or run this where it is installed.',
  );
}
