/** Lines that are in one of two texts, or more often there. */
export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export function changesBetween(before: string, after: string): Changes {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  return { added: without(fresh, old), removed: without(old, fresh) };
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** Where the four servers' configurations have a secret, that of an earlier key too: it is not known any more. */
const HAS_SECRET = /\bsecret\b|import-tsig-key/;
const MOST_LINES = 20;

/** The changes as people read them, without a secret, and not all of many. */
export function changeLines({ added, removed }: Changes): string[] {
  const lines = [
    ...removed.map((line) => `  - ${shownLine(line)}`),
    ...added.map((line) => `  + ${shownLine(line)}`),
  ];
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `  and ${more} more`] : lines;
}

function shownLine(line: string): string {
  return HAS_SECRET.test(line) ? "(a line with a secret)" : line.trim();
}
