import { runCommand } from "../../../tools/driver/command.cjs";

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** What it printed if it failed; nothing if it did not. */
export type Failure = string | undefined;

export async function runIn(
  folder: string,
  { command, args }: Command,
  env: Readonly<Record<string, string>> = {},
): Promise<Failure> {
  const { code, output } = await runCommand(command, args, { cwd: folder, env: { ...process.env, ...env } });
  return code === 0 ? undefined : `${output}\nended with ${code}`;
}

export async function mustRun(...run: Parameters<typeof runIn>): Promise<void> {
  const failure = await runIn(...run);
  if (failure !== undefined) throw new Error(`${run[1].command} ${run[1].args.join(" ")}: ${failure}`);
}
