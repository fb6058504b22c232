import * as pulumi from "@pulumi/pulumi";
import { primariesProblems } from "./primaries";
import { at, list, type Problem, show } from "./problem";
import { tsigProblems } from "./tsig";

const SIGNING = ["presigned", "live", "multi-signer", "off"];
const HOSTUP = ["automatic", "excluded"];

/**
 * What the children cannot see, for programs that types do not guard (JavaScript, configuration).
 * Everything wrong is told at once.
 */
export function checkArgs(name: string, args: unknown): void {
  const problems = [
    ...["accountId", "zoneId", "zoneName"]
      .filter((key) => at(args, key) === undefined)
      .map((path) => ({ path, given: "missing", allowed: "a string" })),
    ...primariesProblems(at(args, "primaries")),
    ...tsigProblems(at(args, "tsig")),
    ...dnssecProblems(at(args, "dnssec")),
    ...registrarProblems(at(args, "registrar")),
  ];
  if (problems.length === 0) return;
  const lines = problems.map(({ path, given, allowed }) => `${path} is ${given}; allowed: ${allowed}`);
  // A RunError ends the program with its message alone, without the program's text and stack.
  throw new pulumi.RunError([`SecondaryZone "${name}" cannot be made:`, ...lines].join("\n  "));
}

function dnssecProblems(dnssec: unknown): Problem[] {
  const signing = at(dnssec, "signing");
  if (!SIGNING.includes(String(signing)))
    return [{ path: "dnssec.signing", given: show(signing), allowed: list(SIGNING) }];
  const nsec3 = at(dnssec, "nsec3");
  if (signing !== "off" || nsec3 === undefined) return [];
  return [{ path: "dnssec.nsec3", given: show(nsec3), allowed: 'nothing while dnssec.signing is "off"' }];
}

function registrarProblems(registrar: unknown): Problem[] {
  const dnssec = at(at(registrar, "hostup"), "dnssec");
  if (registrar === undefined || HOSTUP.includes(String(dnssec))) return [];
  return [{ path: "registrar.hostup.dnssec", given: show(dnssec), allowed: list(HOSTUP) }];
}
