import { appendFileSync } from "node:fs";

/** `up` and `destroy` ask nobody. */
export function flagged([command = "", ...rest]: readonly string[]): string[] {
  const isAsking = command === "up" || command === "destroy";
  return [command, ...(isAsking ? ["--yes", "--skip-preview"] : []), ...rest];
}

/** What the operator reads at the end. */
export function diagnosticsOf(output: string): string {
  const [, after = output] = output.split("\nDiagnostics:\n");
  return after.split("\nResources:\n")[0] ?? "";
}

/** Adds a run to the file that TRANSCRIPT names: for reading all messages of the tests as an operator does. */
export function note(args: readonly string[], output: string): void {
  if (process.env.TRANSCRIPT)
    appendFileSync(
      process.env.TRANSCRIPT,
      `\n##### ${expect.getState().currentTestName} ${args.join(" ")}\n${output}`,
    );
}
