import { WireError } from "../core/errors";

/** Inputs or outputs of a resource, as they come from outside. */
export type PropertyMap = Readonly<Record<string, unknown>>;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * The value as the engine's protocol can carry it. Without this an `undefined` fails the call after
 * the remote object was made, and a Date silently becomes `{}`.
 */
export function toPropertyValues(value: object): { [key: string]: Json } {
  return convertMembers(value, (key) => key);
}

function convertMembers(value: object, pathOf: (key: string) => string): { [key: string]: Json } {
  const known = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(known.map(([key, part]) => [key, convert(part, pathOf(key))]));
}

function convert(value: unknown, path: string): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item, index) => convert(item, `${path}[${index}]`));
  if (isPlainObject(value)) return convertMembers(value, (key) => `${path}.${key}`);
  throw new WireError(path, typeof value === "object" ? (value?.constructor.name ?? "object") : typeof value);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
