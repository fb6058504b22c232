import { inspect } from "node:util";

/** A value that cannot be printed by accident: whoever needs the text must say `reveal()`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
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

/** The text with every given secret taken out: servers may echo what was sent to them. */
export function redact(text: string, secrets: readonly Secret[]): string {
  return secrets.reduce((clean, secret) => {
    const value = secret.reveal();
    return value === "" ? clean : clean.replaceAll(value, "[secret]");
  }, text);
}
