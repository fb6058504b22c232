import { createHash } from "node:crypto";

/** Equal for values that are equal as JSON, whatever the order of their keys; nothing can be read from it. */
export function fingerprint(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("base64");
}

/** Of a resource's inputs: the server adds the provider's text on some of its paths. */
export function fingerprintOfInputs({ __provider: _, ...inputs }: Readonly<Record<string, unknown>>): string {
  return fingerprint(inputs);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([some], [other]) => (some < other ? -1 : 1)))
      : part,
  );
}
