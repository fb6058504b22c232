import { type ParseArgsConfig, parseArgs } from "node:util";
import { shown } from "../servers/parsing";
import { didYouMean } from "./did-you-mean";

/** What a person got wrong on the command line, in one sentence. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<Known extends Options> = ReturnType<
  typeof parseArgs<{ options: Known; allowPositionals: true; strict: true }>
>;

/** As node:util parses them; what it does not know is told with what may have been meant. */
export function parseArguments<const Known extends Options>(
  args: readonly string[],
  options: Known,
): Parsed<Known> {
  const parsed = parsedOrRefused(args, options);
  // What a shell makes of a variable that is not set must not pass for the option left out.
  const [empty] = Object.entries(parsed.values).find(([, value]) => value === "") ?? [];
  if (empty !== undefined) throw new UsageError(`The option --${empty} needs a value.`);
  return parsed;
}

function parsedOrRefused<const Known extends Options>(
  args: readonly string[],
  options: Known,
): Parsed<Known> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(sentenceOf(error, options));
  }
}

function sentenceOf(error: unknown, options: Options): string {
  const text = String(typeof error === "object" && error !== null ? Reflect.get(error, "message") : error);
  const [, unknown] = /^Unknown option '([^']+)'/.exec(text) ?? [];
  if (unknown !== undefined) {
    const known = Object.keys(options).map((name) => `--${name}`);
    return `There is no option ${shown(unknown)}.${didYouMean(unknown, known)}`;
  }
  const [, taker] = /(--[\w-]+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(text) ?? [];
  if (taker !== undefined) return `The option ${taker} needs a value.`;
  const [, flag] = /(--[\w-]+)' does not take an argument/.exec(text) ?? [];
  return flag === undefined ? text : `The option ${flag} takes no value.`;
}
