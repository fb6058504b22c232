/** The known word that a misspelt one stands for, if one is near enough: a third of its letters may be wrong. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((each) => ({ each, distance: distance(word.toLowerCase(), each) }))
    .filter((each) => each.distance <= Math.max(1, Math.floor(each.each.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.each;
}

export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? "" : ` Did you mean ${meant}?`;
}

/** How many letters have to be put in, taken out or changed (Levenshtein). */
function distance(some: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...some].entries()) {
    const next = [at + 1];
    for (const [column, wanted] of [...other].entries()) {
      const [over = 0, left = 0, above = 0] = [row[column], next[column], row[column + 1]];
      next.push(Math.min(over + (letter === wanted ? 0 : 1), left + 1, above + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
