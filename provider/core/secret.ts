import { inspect } from "node:util";
import { findForms, formsOf, SHORTEST } from "./secret-forms";

/** Every secret text this process has met, so that no error text can carry one, whoever wrote it. */
const met = new Set<string>();
/** Those of them whose forms are not known yet: few runs have a text to redact. */
let unsorted: string[] = [];
/** By their first letter. */
const forms = new Map<string, string[]>();
/** Secrets of signs alone, which have no form but themselves. */
const plainly: string[] = [];

/** A value that cannot be printed by accident: whoever needs the text must say `reveal()`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    if (met.has(value)) return;
    met.add(value);
    unsorted.push(value);
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

/** The text with every secret taken out: servers may echo what was sent to them, in whatever form. */
export function redact(text: string): string {
  sortForms();
  let clean = "";
  let end = 0;
  for (const [from, to] of findForms(text, forms)) {
    clean += `${text.slice(end, from)}[secret]`;
    end = to;
  }
  return plainly.reduce((rest, value) => rest.replaceAll(value, "[secret]"), clean + text.slice(end));
}

function sortForms(): void {
  for (const value of unsorted) {
    const its = formsOf(value);
    if (its.length === 0 && value.length >= SHORTEST) plainly.push(value);
    for (const form of its) forms.set(form.charAt(0), [...(forms.get(form.charAt(0)) ?? []), form]);
  }
  unsorted = [];
}
