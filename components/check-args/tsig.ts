import { Tsig } from "../../provider/tsig";
import { plainKeyName } from "../tsig-choice";
import { at, list, type Problem, shape, show, strayFields } from "./problem";

const FORMS =
  "{ name, algo?, secret?, adopt? }, { keys: [{ name, … }, …], active: a name } or { existing: a Tsig, also?: [a Tsig, …] }";
const OWN = ["name", "algo", "secret", "adopt"];

/** Its fields are told by name only: what a misspelt one holds may be the secret. */
export function tsigProblems(tsig: unknown): Problem[] {
  if (Tsig.isInstance(tsig)) return [{ path: "tsig", given: "a Tsig", allowed: "{ existing: a Tsig }" }];
  // Of two forms at once neither is meant more than the other, so the fields of the second are refused.
  if (at(tsig, "keys") !== undefined)
    return [...strayFields(tsig, "tsig", ["keys", "active"]), ...rotationProblems(tsig)];
  if (at(tsig, "existing") !== undefined)
    return [...strayFields(tsig, "tsig", ["existing", "also"]), ...sharedProblems(tsig)];
  if (at(tsig, "name") !== undefined) return strayFields(tsig, "tsig", OWN);
  return [{ path: "tsig", given: shape(tsig), allowed: FORMS }];
}

function sharedProblems(tsig: unknown): Problem[] {
  const [existing, also = []] = [at(tsig, "existing"), at(tsig, "also")];
  const others: readonly unknown[] = Array.isArray(also) ? also : [also];
  return [
    { path: "tsig.existing", key: existing },
    ...others.map((key, index) => ({ path: `tsig.also[${index}]`, key })),
  ]
    .filter(({ key }) => !Tsig.isInstance(key))
    .map(({ path, key }) => ({ path, given: shape(key), allowed: "a Tsig" }));
}

function rotationProblems(tsig: unknown): Problem[] {
  const given = at(tsig, "keys");
  const keys: unknown[] = Array.isArray(given) ? given : [];
  const names = keys.map((key) => at(key, "name")).filter((name) => typeof name === "string");
  const stray = keys.flatMap((key, index) => strayFields(key, `tsig.keys[${index}]`, OWN));
  if (keys.length === 0 || names.length < keys.length) {
    const allowed = "a list of { name, algo?, secret?, adopt? }, each name a string";
    return [{ path: "tsig.keys", given: shapes(given), allowed }, ...stray];
  }
  const plain = names.map(plainKeyName);
  const twice = names.filter((name, index) => plain.indexOf(plainKeyName(name)) !== index);
  const active = at(tsig, "active");
  return [
    ...stray,
    ...twice.map((name) => ({ path: "tsig.keys", given: show(name), allowed: "each name once" })),
    ...(plain.includes(plainKeyName(String(active)))
      ? []
      : [{ path: "tsig.active", given: show(active), allowed: list(names) }]),
  ];
}

function shapes(keys: unknown): string {
  return Array.isArray(keys) ? `[${keys.map(shape).join(", ")}]` : shape(keys);
}
