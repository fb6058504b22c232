import type { z } from "zod";

/** One thing wrong with a body. Never holds the value: it may be a secret. */
export interface BodyProblem {
  readonly kind: "no-body" | "not-json" | "missing-field" | "unknown-field" | "invalid";
  /** RFC 6901. */
  readonly pointer: string;
  readonly detail: string;
}

export type ParsedBody<Value> =
  | { readonly value: Value }
  | { readonly problems: readonly [BodyProblem, ...BodyProblem[]] };

export function parseJsonBody<Value>(body: string, schema: z.ZodType<Value>): ParsedBody<Value> {
  if (body.trim() === "") return refused("no-body", "a JSON body is required");
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return refused("not-json", "the body is not JSON");
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return { value: parsed.data };
  const [first, ...rest] = parsed.error.issues.flatMap((issue) => problemsOf(issue, given));
  return first ? { problems: [first, ...rest] } : refused("invalid", "the body is invalid");
}

function refused(kind: BodyProblem["kind"], detail: string): ParsedBody<never> {
  return { problems: [{ kind, pointer: "", detail }] };
}

function problemsOf(issue: z.core.$ZodIssue, given: unknown): BodyProblem[] {
  const pointer = pointerOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      kind: "unknown-field",
      pointer: pointer + pointerOf([key]),
      detail: "unknown field",
    }));
  }
  if (valueAt(given, issue.path) === undefined) {
    return [{ kind: "missing-field", pointer, detail: "required field is missing" }];
  }
  return [{ kind: "invalid", pointer, detail: issue.message }];
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  let value = given;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}
