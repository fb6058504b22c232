// @ts-check
import { readFileSync } from "node:fs";

/** What Linux counts in, on every machine that Node runs on. */
const TICKS_A_SECOND = 100;

/**
 * Processor time that ended children have used, and what they started: the figure of a run that a busy
 * machine spoils least. Only Linux tells it; NaN elsewhere.
 */
export function processorSeconds() {
  if (process.platform !== "linux") return Number.NaN;
  const text = readFileSync("/proc/self/stat", "utf8");
  // proc(5): cutime and cstime are fields 16 and 17; the second field is a name in brackets.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / TICKS_A_SECOND;
}
