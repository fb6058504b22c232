import { parsePolicyName } from "../../servers/policy-name";
import { at, list, type Problem, shape, show, strayFields } from "./problem";

/** What may stand beside each way of signing. */
const FIELDS = new Map([
  ["presigned", ["signing", "nsec3", "ds", "primaryPolicy"]],
  ["live", ["signing", "nsec3"]],
  ["multi-signer", ["signing", "nsec3", "primaryPolicy"]],
  ["off", ["signing"]],
]);

export function dnssecProblems(dnssec: unknown): Problem[] {
  const signing = at(dnssec, "signing");
  const fields = FIELDS.get(String(signing));
  if (fields === undefined)
    return [{ path: "dnssec.signing", given: show(signing), allowed: list([...FIELDS.keys()]) }];
  const flags = ["nsec3", "ds"]
    .map((key) => ({ key, value: at(dnssec, key) }))
    .filter(({ key, value }) => fields.includes(key) && value !== undefined && typeof value !== "boolean");
  return [
    ...strayFields(dnssec, "dnssec", fields),
    ...policyProblems(at(dnssec, "primaryPolicy"), fields),
    ...flags.map(({ key, value }) => ({
      path: `dnssec.${key}`,
      given: show(value),
      allowed: "true or false",
    })),
  ];
}

function policyProblems(policy: unknown, fields: readonly string[]): readonly Problem[] {
  if (policy === undefined || !fields.includes("primaryPolicy")) return [];
  const parsed = parsePolicyName(policy);
  if ("value" in parsed) return [];
  return typeof policy === "string"
    ? parsed.problems
    : parsed.problems.map((problem) => ({ ...problem, given: shape(policy) }));
}
