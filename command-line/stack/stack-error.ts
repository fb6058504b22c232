import { SecondaryDnsError } from "../../provider/core/errors";
import { foreignText } from "../../provider/core/foreign-text";
import type { StackPlace } from "./pulumi";

export type StackProblem =
  | "no pulumi"
  | "no project"
  | "no stack"
  | "unknown stack"
  | "passphrase"
  | "login"
  | "other";

/** A stack's state or configuration cannot be read. */
export class StackError extends SecondaryDnsError {
  override readonly name = "StackError";
  readonly code = "SECONDARY_DNS_SETTINGS";

  constructor(
    readonly problem: StackProblem,
    message: string,
  ) {
    super(message);
  }
}

/** Why Pulumi's CLI refuses, which it says in a line after `error:`. */
export function causeOf(stderr: string, { stack, folder }: StackPlace): StackError {
  const said = /^error: (.*)/m.exec(stderr)?.[1] ?? stderr;
  if (/no Pulumi\.yaml project file found/.test(said))
    return new StackError(
      "no project",
      `There is no Pulumi project in ${folder}.\nNext: run this in the folder of your program, where Pulumi.yaml is.`,
    );
  if (/no stack selected/.test(said))
    return new StackError(
      "no stack",
      'No stack is selected here.\nNext: name one with --stack ("pulumi stack ls" lists them), or run "pulumi stack select".',
    );
  if (/no stack named|stack .*not found/i.test(said))
    return new StackError(
      "unknown stack",
      `${stack === undefined ? "The selected stack" : `The stack ${foreignText(JSON.stringify(stack))}`} does not exist here.\nNext: see "pulumi stack ls"; "pulumi stack init" creates one.`,
    );
  if (/incorrect passphrase/.test(said))
    return new StackError(
      "passphrase",
      "The passphrase is wrong for this stack.\nNext: set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to the right one.",
    );
  if (/passphrase must be set/.test(said))
    return new StackError(
      "passphrase",
      "The secrets of this stack are encrypted with a passphrase, and none is set.\nNext: set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE.",
    );
  if (/PULUMI_ACCESS_TOKEN/.test(said))
    return new StackError(
      "login",
      'Pulumi is not logged in to a backend.\nNext: run "pulumi login" ("pulumi login --local" for state in files), or set PULUMI_ACCESS_TOKEN or PULUMI_BACKEND_URL.',
    );
  return new StackError("other", `Pulumi does not export the stack's state: ${foreignText(said)}`);
}
