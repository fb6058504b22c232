// @ts-check

/**
 * One figure: a count, or a ratio of what was measured in one run.
 * @typedef {object} Row
 * @property {string} name
 * @property {number} value
 * @property {string} unit
 * @property {{ most: number } | { below: number }} [target] what the project has promised
 * @property {string} [note] what the figure alone does not say
 */

/** @typedef {{ title: string, rows: Row[] }} Part */

/**
 * @param {Part} part
 * @returns {string}
 */
export function table({ title, rows }) {
  const cells = rows.map((row) => [
    row.name,
    String(row.value),
    row.unit,
    target(row),
    verdict(row),
    row.note ?? "",
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...cells.map((line) => (line[column] ?? "").length)),
  );
  const lines = cells.map((line) =>
    line
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  return [`\n${title}`, ...lines.map((line) => `  ${line}`)].join("\n");
}

/**
 * @param {Row} row
 * @returns {boolean | undefined} undefined where nothing was promised
 */
export function isMet({ value, target }) {
  if (target === undefined) return undefined;
  return "most" in target ? value <= target.most : value < target.below;
}

/** @param {Row} row */
function target({ target }) {
  if (target === undefined) return "";
  return "most" in target ? `at most ${target.most}` : `below ${target.below}`;
}

/** @param {Row} row */
function verdict(row) {
  const met = isMet(row);
  return met === undefined ? "" : met ? "met" : "NOT MET";
}
