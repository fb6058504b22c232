#!/usr/bin/env node
import { HELP, parseCommandLine, UsageError } from "./command-line";
import { startSimulator } from "./start-simulator";

async function main(): Promise<void> {
  const command = parseCommandLine(process.argv.slice(2));
  if (command.help) {
    process.stdout.write(HELP);
    return;
  }
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const { close, ...address } = await startSimulator({ ...command.options, log });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void close().then(() => process.exit(0)));
  }
  process.stdout.write(`${JSON.stringify(address)}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `secondary-dns-simulator: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
