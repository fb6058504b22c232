import { spawn } from "node:child_process";

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** What it printed if it failed; nothing if it did not. */
export type Failure = string | undefined;

export function runIn(
  folder: string,
  { command, args }: Command,
  env: Readonly<Record<string, string>> = {},
): Promise<Failure> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    child.on("error", reject);
    child.on("close", (code) => resolve(code === 0 ? undefined : `${output}\nended with ${code}`));
  });
}

export async function mustRun(...run: Parameters<typeof runIn>): Promise<void> {
  const failure = await runIn(...run);
  if (failure !== undefined) throw new Error(`${run[1].command} ${run[1].args.join(" ")}: ${failure}`);
}
