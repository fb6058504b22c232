import { type Json, toWire } from "./wire";

type Bag = Readonly<Record<string, unknown>>;

/**
 * Lists the inputs that the program gave, since `read` and `delete` see outputs alone. Saved where it is
 * not the rule, for the engine may write the whole state at every step. Hidden by the CLI.
 */
const GIVEN = "__inputs";

/**
 * Outputs in the engine's form. Inputs are echoed: `diff`, `read` and `delete` get no others. `usual` are the
 * inputs that a program gives as a rule.
 */
export function saved(usual: readonly string[], inputs: Bag, outputs: object): Record<string, Json> {
  const props = toWire({ ...inputs, ...outputs });
  const given = Object.keys(inputs);
  const told = givenInputs(usual, props);
  const isTold = given.length === told.length && given.every((key) => told.includes(key));
  return isTold ? props : { ...props, [GIVEN]: given };
}

/**
 * The inputs that the program gave, as the saved outputs tell. What `get` looks up was given no more
 * than a profile: anything else would stand in state as an input, a secret in plain text.
 */
export function givenInputs(usual: readonly string[], props: Bag): readonly string[] {
  const listed = props[GIVEN];
  return Array.isArray(listed) ? listed : usual.filter((key) => key in props);
}

/** What a resource reads of its saved outputs, the given inputs always among it. */
export function withGiven(usual: readonly string[], props: Bag): Bag {
  return isFirstLook(props) ? props : { ...props, [GIVEN]: givenInputs(usual, props) };
}

/** Whether `get` looks it up now: instead of saved outputs there is what the program gave, a profile at most. */
export function isFirstLook(props: Bag): boolean {
  return Object.keys(props).every((key) => key === "profile" || key === "__provider");
}
