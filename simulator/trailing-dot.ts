import type { Switches } from "./switches";

/** A name under one of the trailing-dot rules; undefined where the rule refuses it. */
export function withDot(name: string, rule: Switches["tsigNames"]): string | undefined {
  if (rule === "store-as-given" || name.endsWith(".")) return name;
  return rule === "append-dot" ? `${name}.` : undefined;
}
