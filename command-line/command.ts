import type { Terminal } from "./terminal";

export interface Command {
  /** As it is called, with what it needs. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** All that a person needs to call it, at 80 columns, without the line of its usage. */
  readonly help: string;
  /** Answers the exit code; what is wrong is thrown. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
  /** The exit code of a failure. */
  readonly failed: number;
}
