/**
 * What the engine sends for a value that a preview does not know yet, whatever the value's type
 * (https://github.com/pulumi/pulumi/issues/6310).
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value is not known yet, as a whole or in any part. */
export function isUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isUnknown);
  if (typeof value === "object" && value !== null) return Object.values(value).some(isUnknown);
  return value === UNKNOWN;
}

/** The input, when its new value differs from what the object has, or may: an object of another identity is needed. */
export function changedInput<Key extends string>(
  news: Readonly<Record<string, unknown>>,
  key: Key,
  current: unknown,
): Key[] {
  return isUnknown(news[key]) || news[key] !== current ? [key] : [];
}
