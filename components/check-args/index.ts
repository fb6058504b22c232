import { addressesProblems } from "./addresses";
import { dnssecProblems } from "./dnssec";
import { primariesProblems } from "./primaries";
import { at, type Problem, refusal, shape, strayFields } from "./problem";
import { registrarProblems } from "./registrar";
import { tsigProblems } from "./tsig";
import { zoneNameProblems } from "./zone-name";

const NEEDED = ["accountId", "zoneId", "zoneName"];
const FIELDS = [
  ...NEEDED,
  "tsig",
  "dnssec",
  "primaries",
  "waitForTransfer",
  "registrar",
  "adopt",
  "cloudflareAddresses",
  "profile",
  "transform",
];
const CHILDREN = ["tsig", "peer", "incoming", "ds", "dnssec", "registrar", "registrarDs"];

/**
 * What the children cannot see, for programs that types do not guard (JavaScript, configuration).
 * Everything wrong is told at once.
 */
export function checkArgs(name: string, args: unknown): void {
  const problems: Problem[] = [
    ...NEEDED.filter((key) => at(args, key) === undefined).map((path) => ({
      path,
      given: "missing",
      allowed: "a string",
    })),
    ...zoneNameProblems(at(args, "zoneName")),
    ...strayFields(args, "", FIELDS),
    ...primariesProblems(at(args, "primaries")),
    ...tsigProblems(at(args, "tsig")),
    ...dnssecProblems(at(args, "dnssec")),
    ...registrarProblems(at(args, "registrar"), at(args, "dnssec"), at(args, "zoneName")),
    ...adoptProblems(at(args, "adopt")),
    ...addressesProblems(at(args, "cloudflareAddresses")),
    ...transformProblems(at(args, "transform")),
  ];
  if (problems.length > 0) throw refusal(`SecondaryZone "${name}" cannot be created`, problems);
}

function adoptProblems(adopt: unknown): Problem[] {
  if (adopt === undefined || typeof adopt === "boolean") return [];
  return [{ path: "adopt", given: shape(adopt), allowed: "true or false" }];
}

function transformProblems(transform: unknown): Problem[] {
  const given = CHILDREN.map((child) => ({ path: `transform.${child}`, value: at(transform, child) }));
  return [
    ...strayFields(transform, "transform", CHILDREN),
    ...given
      .filter(({ value }) => value !== undefined && typeof value !== "function")
      .map(({ path, value }) => ({ path, given: shape(value), allowed: "a function" })),
  ];
}
