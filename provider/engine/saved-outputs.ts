import { isDeepStrictEqual } from "node:util";
import { type Json, type PropertyMap, toPropertyValues } from "./property-values";

/**
 * Lists the inputs that the program gave, since `read` and `delete` see outputs alone. Saved where it is
 * not the rule, for the engine may write the whole state at every step. Hidden by the CLI.
 */
const GIVEN = "__inputs";

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

/**
 * Outputs in the engine's form. Inputs are echoed: `diff`, `read` and `delete` get no others. `trackedInputs` are the
 * inputs that a program gives as a rule.
 */
export function saved(
  trackedInputs: readonly string[],
  inputs: PropertyMap,
  outputs: object,
): Record<string, Json> {
  const props = toPropertyValues({ ...inputs, ...outputs });
  const given = Object.keys(inputs);
  const told = givenInputs(trackedInputs, props);
  const isTold = given.length === told.length && given.every((key) => told.includes(key));
  return isTold ? props : { ...props, [GIVEN]: given };
}

/**
 * The inputs that the program gave, as the saved outputs tell. What `get` looks up was given no more
 * than a profile: anything else would stand in state as an input, a secret in plain text.
 */
export function givenInputs(trackedInputs: readonly string[], props: PropertyMap): readonly string[] {
  const listed = props[GIVEN];
  return Array.isArray(listed) ? listed : trackedInputs.filter((key) => key in props);
}

/** What a resource reads of its saved outputs, the given inputs always among it. */
export function withGiven(trackedInputs: readonly string[], props: PropertyMap): PropertyMap {
  return isLookup(props) ? props : { ...props, [GIVEN]: givenInputs(trackedInputs, props) };
}

/** Whether `get` looks it up now: instead of saved outputs there is what the program gave, a profile at most. */
export function isLookup(props: PropertyMap): boolean {
  return Object.keys(props).every((key) => key === "profile" || key === "__provider");
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
