import { HELP, parseCommandLine, UsageError } from "./command-line";
import { startSimulator } from "./start-simulator";

/**
 * The simulator as a command, which goes on until it is interrupted. Answers the exit code once it listens, or why it
 * cannot; `program` is what it was called by.
 */
export async function runSimulator(program: string, args: readonly string[]): Promise<number> {
  try {
    await start(program, args);
    return 0;
  } catch (error) {
    process.stderr.write(`${program}: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function start(program: string, args: readonly string[]): Promise<void> {
  const command = parseCommandLine(args);
  if (command.help) {
    process.stdout.write(`Usage: ${program} [options]\n${HELP}`);
    return;
  }
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const { close, ...address } = await startSimulator({ ...command.options, log });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
  process.stdout.write(`${JSON.stringify(address)}\n`);
}
