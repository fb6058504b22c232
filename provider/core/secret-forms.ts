import { type Letter, lettersOf, plainLetter } from "./written-letters";

/** A shorter text is not looked for: it guards nothing, and without its letters no error could be read. */
export const SHORTEST = 8;

/** Where decoding makes a space of it, and padding that is left out. */
const OPTIONAL = /[+=]/g;

/**
 * The texts that give a secret away, as letters that can be compared: itself, and of base64 the bytes it stands
 * for, in hexadecimal digits and, where they are one, as a text.
 */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "base64");
  const isBase64 = bytes.toString("base64") === secret;
  const decoded = bytes.toString("latin1");
  const texts = [
    secret,
    ...(isBase64 ? [bytes.toString("hex")] : []),
    ...(isBase64 && /^[ -~]+$/.test(decoded) ? [decoded] : []),
  ];
  const forms = texts
    .map((text) => [...text].map(plainLetter).join(""))
    .flatMap((form) => [form, form.replace(/^\++/, "")]);
  return [...new Set(forms)].filter((form) => form.replace(OPTIONAL, "").length >= SHORTEST);
}

/** From one index of a text up to, and without, another. */
export type Range = readonly [start: number, end: number];

/** Where a text holds one of the forms, however it is written. `byFirst` has them by their first letter. */
export function findForms(text: string, byFirst: ReadonlyMap<string, readonly string[]>): Range[] {
  const letters = lettersOf(text);
  const found: Range[] = [];
  for (const [start, { plain, escaped }] of letters.entries()) {
    for (const first of new Set([plain, escaped?.letter ?? ""])) {
      for (const form of byFirst.get(first) ?? []) {
        const end = endOf(form, letters, start);
        if (end !== undefined) found.push([start, end]);
      }
    }
  }
  return found.reduce(joined, []);
}

/** The ranges come by their start. Where some overlap, no rest of the longer one may stay. */
function joined(ranges: Range[], [start, end]: Range): Range[] {
  const last = ranges.at(-1);
  if (last === undefined || start >= last[1]) return [...ranges, [start, end]];
  return [...ranges.slice(0, -1), [last[0], Math.max(last[1], end)]];
}

/** Where the form ends that starts here, or `undefined` when another text does. */
function endOf(form: string, letters: readonly Letter[], start: number): number | undefined {
  let end = start;
  for (const wanted of form) {
    const at = nextThatCounts(letters, end);
    const letter = letters[at];
    if (letter?.plain === wanted) end = at + 1;
    else if (letter?.escaped?.letter === wanted) end = letter.escaped.end;
    else if (!"+=".includes(wanted)) return undefined;
  }
  return end;
}

function nextThatCounts(letters: readonly Letter[], start: number): number {
  for (let at = start; ; ) {
    const letter = letters[at];
    if (letter?.plain === "") at += 1;
    else if (letter?.escaped?.letter === "") at = letter.escaped.end;
    else return at;
  }
}
