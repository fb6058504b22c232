import type { Parsed } from "../provider/core/parsed";
import { type Parsing, shown } from "./parsing";

/** The name of a signing policy that a primary has: dnssec-policy on BIND, the id of a policy on Knot. */
export type PolicyName = Parsed<"parsePolicyName">;

const FORM = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** Under these BIND does not sign: https://bind9.readthedocs.io/en/v9.18.0/reference.html#dnssec-policy-grammar */
const SIGNS_NOTHING = ["none", "insecure"];

/** It stands in configurations, so no other character comes in than both servers take without quotes. */
export function parsePolicyName(text: unknown): Parsing<PolicyName> {
  if (typeof text === "string" && FORM.test(text) && !SIGNS_NOTHING.includes(text))
    return { value: text as PolicyName };
  const given = typeof text === "string" ? shown(text) : `a ${typeof text}`;
  return { problems: [{ path: "dnssec.primaryPolicy", given, allowed: POLICY_ALLOWED }] };
}

export const POLICY_ALLOWED =
  'the name of a policy that signs, of 1 to 100 letters, digits, dots, hyphens and underscores (not "none" or "insecure")';
