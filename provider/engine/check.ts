import type { z } from "zod";
import { isUnknown } from "./unknown";

/** As the engine prints it: next to the resource, with the property's value when one is named. */
export interface CheckFailure {
  property: string;
  reason: string;
}

/** A rule over several inputs, applied once all of them are known. */
export interface Rule {
  readonly over: readonly string[];
  /** What is wrong and what is allowed, or `undefined`. */
  test(inputs: Readonly<Record<string, unknown>>): string | undefined;
}

export type Fields = Readonly<Record<string, z.ZodType>>;
export type InputsOf<Of extends Fields> = z.output<z.ZodObject<Of>>;

export interface InputSchema<Of extends Fields> {
  /** Parsing what was parsed changes nothing: old inputs come back to check. */
  readonly fields: Of;
  /** The same as one, made once: that takes longer than to use it. */
  readonly whole: z.ZodObject<Of>;
  /** The CLI prints the value of a property that a failure names, so a failure never names these. */
  readonly secrets: readonly string[];
  readonly rules: readonly Rule[];
}

export interface Checked<Of extends Fields> {
  /** With defaults and normal forms, and with what is not known yet. */
  readonly inputs: Record<string, unknown>;
  readonly failures: CheckFailure[];
  /** The same where all of them are known and right. */
  readonly parsed: InputsOf<Of> | undefined;
}

/**
 * Puts defaults and normal forms in, leaves unknown values alone, and collects everything that is wrong. `called` are
 * the names that the program has for inputs, where they differ.
 */
export function checkInputs<Of extends Fields>(
  schema: InputSchema<Of>,
  news: Readonly<Record<string, unknown>>,
  called: Readonly<Record<string, string>> = {},
): Checked<Of> {
  const names = Object.keys(schema.fields);
  const whole = names.some((key) => isUnknown(news[key])) ? undefined : schema.whole.safeParse(news);
  const { inputs, failures, faulty } = whole?.success
    ? { inputs: given(whole.data), failures: [], faulty: new Set<string>() }
    : checkEach(schema, news, called);
  for (const key of Object.keys(news)) {
    if (key === "__provider" || Object.hasOwn(schema.fields, key)) continue;
    const known = names.filter((name) => !name.startsWith("__"));
    failures.push({ property: "", reason: unknownInput(key, known) });
  }
  for (const rule of schema.rules) {
    if (rule.over.some((key) => faulty.has(key) || isUnknown(inputs[key]))) continue;
    const reason = rule.test(inputs);
    if (reason !== undefined) failures.push({ property: "", reason });
  }
  return { inputs, failures, parsed: failures.length === 0 ? whole?.data : undefined };
}

/** One by one, where some are not known yet or not right. */
function checkEach(
  schema: InputSchema<Fields>,
  news: Readonly<Record<string, unknown>>,
  called: Readonly<Record<string, string>>,
): Pick<Checked<Fields>, "inputs" | "failures"> & { readonly faulty: ReadonlySet<string> } {
  const inputs: Record<string, unknown> = {};
  const faulty = new Set<string>();
  const failures: CheckFailure[] = [];
  for (const [key, field] of Object.entries(schema.fields)) {
    const value = news[key];
    if (isUnknown(value)) {
      inputs[key] = value;
      continue;
    }
    const parsed = field.safeParse(value);
    if (parsed.success) {
      inputs[key] = parsed.data;
    } else {
      const allowed = [...new Set(parsed.error.issues.map((issue) => issue.message))].join("; ");
      faulty.add(key);
      const path = called[key];
      const isHidden = value !== undefined && schema.secrets.includes(key);
      // The CLI would name the input rather than the argument.
      const property = path === undefined && !isHidden ? key : "";
      failures.push({ property, reason: reasonFor(schema, key, path ?? key, value, allowed) });
    }
  }
  return { inputs: given(inputs), failures, faulty };
}

function given(inputs: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}

function reasonFor(
  { secrets }: Pick<InputSchema<Fields>, "secrets">,
  key: string,
  path: string,
  value: unknown,
  allowed: string,
): string {
  if (value === undefined) return `${path} is missing; required: ${allowed}`;
  if (secrets.includes(key))
    return `${path} is not acceptable (its value is secret, so not shown); allowed: ${allowed}`;
  return `${path} is ${show(value)}; allowed: ${allowed}`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  const { length } = typeof value === "string" ? value : text;
  return text.length > 100 ? `${text.slice(0, 100)}… (${length} characters)` : text;
}

/** Without the value: a misspelt `secret` would show one. */
function unknownInput(key: string, known: readonly string[]): string {
  const near = known.find((name) => name.toLowerCase() === key.toLowerCase());
  return `${key} is not an input; ${near ? `did you mean ${near}? ` : ""}allowed: ${known.join(", ")}`;
}
