import { inspect } from "node:util";

/** Every secret text this process has met, so that no error text can carry one, whoever wrote it. */
const met = new Set<string>();
const SHORTEST = 8;

/** A value that cannot be printed by accident: whoever needs the text must say `reveal()`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    // A shorter one guards nothing, and without its letters no error could be read.
    if (value.length >= SHORTEST) met.add(value);
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }

  [inspect.custom](): string {
    return "[secret]";
  }
}

/** The text with every secret taken out: servers may echo what was sent to them. */
export function redact(text: string): string {
  // The longest first: one that begins with another must leave no rest.
  const values = [...met].sort((a, b) => b.length - a.length);
  return values.reduce((clean, value) => clean.replaceAll(value, "[secret]"), text);
}
