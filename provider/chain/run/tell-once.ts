import { say } from "../../core/call-scope";

const told = new WeakMap<object, Set<string>>();

/**
 * Prints a line once a run: the resources of a zone look at the same things, some more than once. `run`: what lives as long
 * as one, such as a client.
 */
export function tellOnce(run: object, line: string): void {
  const lines = told.get(run) ?? new Set();
  told.set(run, lines);
  if (!lines.has(line)) say(line);
  lines.add(line);
}
