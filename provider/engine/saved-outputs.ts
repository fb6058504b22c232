import { isDeepStrictEqual } from "node:util";
import { type Json, type PropertyMap, toPropertyValues } from "./property-values";

/**
 * Lists the inputs that the program gave, since `read` and `delete` see outputs alone. Saved where it is
 * not the rule, for the engine may write the whole state at every step. Hidden by the CLI.
 */
export const GIVEN = "__inputs";

/**
 * Saved by a create or update that failed half-way where something is waited for, until one succeeds. A refresh
 * makes the engine forget the failure; shown as drift of the input, this has the next `up` wait again.
 */
export const AWAITED = "__awaited";

/** What stood there before create took it over. */
export const BEFORE = "__before";

/** What the program last set, where that is not what the other outputs say. */
const LEFT = "__left";

/** All that is not an input or seen at the service. */
const OURS = [GIVEN, AWAITED, BEFORE, LEFT, "__provider"];

/** An object as the state has it. */
export interface SavedObject {
  readonly id: string;
  /** The inputs that the program gave. */
  readonly given: readonly string[];
  /** Whether `get` looks it up now: nothing is saved of it, and what the program gave is a profile at most. */
  readonly isLookup: boolean;
  /** Everything that is saved, those inputs among it. */
  readonly outputs: PropertyMap;
}

/** In the engine's form, which has outputs alone. `tracked` are the inputs that a program gives as a rule. */
export function toProperties(
  tracked: readonly string[],
  { given, outputs }: SavedObject,
): Record<string, Json> {
  const props = toPropertyValues(outputs);
  const told = givenInputs(tracked, props);
  const isTold = given.length === told.length && given.every((key) => told.includes(key));
  return isTold ? props : { ...props, [GIVEN]: given };
}

export function fromProperties(tracked: readonly string[], id: string, props: PropertyMap): SavedObject {
  const isLookup = Object.keys(props).every((key) => key === "profile" || key === "__provider");
  return { id, given: givenInputs(tracked, props), isLookup, outputs: props };
}

/** The inputs that the program gave, as the saved outputs tell. */
function givenInputs(tracked: readonly string[], props: PropertyMap): readonly string[] {
  const listed = props[GIVEN];
  return Array.isArray(listed) ? listed : tracked.filter((key) => key in props);
}

/** What the program last set of its settings: more than one where nobody knows whether the last change was made. */
export function leftIn(settings: readonly string[], props: PropertyMap): readonly PropertyMap[] {
  const left = props[LEFT];
  return Array.isArray(left) ? left : [pick(props, settings)];
}

/** The part to save so that `leftIn` gives this back, beside outputs that may say otherwise. */
export function leaving(
  settings: readonly string[],
  outputs: PropertyMap,
  left: readonly PropertyMap[],
): object {
  const different = left.filter(
    (each, index) => left.findIndex((other) => isDeepStrictEqual(other, each)) === index,
  );
  const isSaid = isDeepStrictEqual(different, [pick(toPropertyValues(outputs), settings)]);
  return isSaid ? {} : { [LEFT]: different };
}

/** The outputs as the service was last seen, without what this package notes. */
export function seenIn(props: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !OURS.includes(key)));
}

export function pick(bag: PropertyMap, keys: readonly string[]): PropertyMap {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => keys.includes(key)));
}
