import { say } from "../core/call-scope";
import type { PropertyMap } from "../engine/property-values";

/** What differs from all that the program may have left, in words; nothing when it is as the program left it. */
export function changedSince(left: readonly PropertyMap[], now: PropertyMap): string | undefined {
  const differences = left.map((each) =>
    Object.keys(now).filter((key) => each[key] !== undefined && each[key] !== now[key]),
  );
  if (differences.length === 0 || differences.some((keys) => keys.length === 0)) return undefined;
  const [first = {}] = left;
  return (differences[0] ?? [])
    .map((key) => `${key} is ${show(now[key])}, not ${show(first[key])}`)
    .join(", ");
}

/** Destroy takes back what the program did, and nothing that came after it. */
export function tellLeftAlone(what: string, difference: string): void {
  say(
    `${what} is not as this program left it (${difference}): somebody else has changed it since, so it stays as it is. If it should go, remove it there by hand.`,
  );
}

const show = (value: unknown) => JSON.stringify(value);
