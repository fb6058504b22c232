import * as pulumi from "@pulumi/pulumi";
import { type Problem, problemLine } from "../../servers/parsing";

export type { Problem };

/** Ends the program with everything that is wrong, and without the program's text and stack. */
export function refusal(what: string, problems: readonly Problem[], next?: string): pulumi.RunError {
  const lines = [`${what}:`, ...problems.map(problemLine)].join("\n  ");
  return new pulumi.RunError(next === undefined ? lines : `${lines}\nNext: ${next}`);
}

export function at(value: unknown, key: string): unknown {
  // An Output has a field of every name.
  if (pulumi.Output.isInstance(value)) return undefined;
  // What configuration leaves empty comes as null.
  return typeof value === "object" && value !== null ? (Reflect.get(value, key) ?? undefined) : undefined;
}

/** The shape of a value in place of the value, which may be secret. */
export function shape(value: unknown): string {
  if (value === undefined || value === null) return "missing";
  if (pulumi.Output.isInstance(value)) return "an Output";
  if (value instanceof Promise) return "a Promise";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  const fields = Object.keys(value);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

export function show(value: unknown): string {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return shape(value);
  return value === undefined || value === null ? "missing" : (JSON.stringify(value) ?? typeof value);
}

export function list(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(", ");
}

/** Fields that have no meaning at a place. One that is spelt out and left undefined is none. */
export function strayFields(value: unknown, path: string, allowed: readonly string[]): Problem[] {
  const given = typeof value === "object" && value !== null ? Object.keys(value) : [];
  return given
    .filter((field) => !allowed.includes(field) && at(value, field) !== undefined)
    .map((field) => ({
      path: path === "" ? field : `${path}.${field}`,
      given: "not a known key here",
      allowed: allowed.join(", "),
    }));
}
