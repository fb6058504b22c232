/**
 * The first line of an `output` block that was not printed, in that order; spaces count as one, and `…` stands for
 * anything. The guide may leave lines out.
 */
export function missingLine(expected: string, printed: string): string | undefined {
  const lines = printed.split("\n").map(withOneSpace);
  for (const wanted of expected.split("\n").map(withOneSpace)) {
    if (wanted === "") continue;
    const parts = wanted.split("…").map((part) => part.trim());
    const at = lines.findIndex((line) => hasInOrder(line, parts));
    if (at < 0) return wanted;
    lines.splice(0, at + 1);
  }
  return undefined;
}

function withOneSpace(line: string): string {
  return line.replaceAll(/\s+/g, " ").trim();
}

function hasInOrder(line: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = line.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}
