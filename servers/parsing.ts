/** What a parser gives back: the value, or all that is wrong with it. */
export type Parsing<Value> = { readonly value: Value } | { readonly problems: readonly Problem[] };

export interface Problem {
  /** Where it stands, as the user wrote it. */
  readonly path: string;
  /** What came, in words that may be shown. */
  readonly given: string;
  readonly allowed: string;
}

export function problemLine({ path, given, allowed }: Problem): string {
  return `${path} is ${given}; allowed: ${allowed}`;
}

/** A foreign text in quotes, on one line, not the whole of a long one, and with nothing in it that a terminal acts upon. */
export function shown(text: string): string {
  const quoted = printable(JSON.stringify(text.slice(0, MOST_SHOWN)));
  return text.length > MOST_SHOWN ? `${quoted}… (${text.length} characters)` : quoted;
}

const MOST_SHOWN = 100;

/** Characters that are not seen or that steer (control, format, unassigned) become their escapes. */
export function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);
}

export function listed(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(", ");
}
