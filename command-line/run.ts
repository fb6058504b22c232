import { isSecondaryDnsError } from "../provider/core/errors";
import { version } from "../provider/core/version";
import { shown } from "../servers/parsing";
import { parseArguments, UsageError } from "./arguments";
import type { Command } from "./command";
import { didYouMean } from "./did-you-mean";
import { doctor } from "./doctor/command";
import { primaryConfig } from "./primary-config/command";
import { simulator } from "./simulator";
import type { Terminal } from "./terminal";

const PROGRAM = "pulumi-secondary-dns";
const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({ "primary-config": primaryConfig, doctor, simulator }),
);
/** The exit code of a line that cannot be understood, as shells and Unix commands have it. */
const MISUSED = 2;

/** Runs the command that the arguments name, and answers the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = args;
  try {
    if (first === undefined) {
      terminal.note(overview());
      return MISUSED;
    }
    if (first.startsWith("-")) return await about(args, terminal);
    if (first === "help") return await help(rest, terminal);
    const command = commandCalled(first);
    if (rest.includes("--help") || rest.includes("-h")) return await help([first], terminal);
    return await runCommand(command, first, rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.note(`${PROGRAM}: ${error.message}\nNext: see "npx ${PROGRAM} --help".\n`);
    return MISUSED;
  }
}

async function runCommand(
  command: Command,
  name: string,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.note(`${PROGRAM} ${name}: ${error.message}\nNext: see "npx ${PROGRAM} ${name} --help".\n`);
      return MISUSED;
    }
    if (!isSecondaryDnsError(error)) throw error;
    terminal.note(`${error.message}\n`);
    return command.failed;
  }
}

async function about(args: readonly string[], terminal: Terminal): Promise<number> {
  const command = args.find((arg) => COMMANDS.has(arg));
  const asks = ["-h", "--help", "-v", "--version"];
  if (command !== undefined && !args.some((arg) => asks.includes(arg)))
    throw new UsageError(`The command ${shown(command)} comes before its options.`);
  const { values, positionals } = parseArguments(args, {
    help: { type: "boolean", short: "h" },
    version: { type: "boolean", short: "v" },
  });
  const [misplaced] = positionals;
  if (misplaced !== undefined && !values.help && !values.version)
    throw new UsageError(`The command ${shown(misplaced)} comes before its options.`);
  terminal.print(values.version ? `${version}\n` : overview());
  return 0;
}

async function help([name]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === undefined) {
    terminal.print(overview());
    return 0;
  }
  const command = commandCalled(name);
  terminal.print(`Usage: npx ${PROGRAM} ${command.usage}\n${command.help}`);
  return 0;
}

function commandCalled(name: string): Command {
  const command = COMMANDS.get(name);
  if (command !== undefined) return command;
  throw new UsageError(`There is no command ${shown(name)}.${didYouMean(name, [...COMMANDS.keys()])}`);
}

function overview(): string {
  const width = Math.max(...[...COMMANDS.keys()].map(({ length }) => length));
  const commands = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: npx ${PROGRAM} COMMAND [options]

What Pulumi's own command line does not do for secondary DNS.

Commands:
${commands.join("\n")}

Options:
  -h, --help       this text; after a command, the text about that command
  -v, --version    the version of this package

Run it in the folder of your Pulumi program, where the package is installed.
`;
}
