import * as pulumi from "@pulumi/pulumi";

/** One thing wrong with a component's arguments: where, what came, what is allowed. */
interface Problem {
  readonly path: string;
  readonly given: unknown;
  readonly allowed: string;
}

const SIGNING = ["presigned", "live", "multi-signer", "off"];
const HOSTUP = ["automatic", "excluded"];

/**
 * What the children cannot see, for programs that types do not guard (JavaScript, configuration).
 * Everything wrong is told at once; values inside `tsig` are not shown, since they may be secret.
 */
export function checkArgs(name: string, args: unknown): void {
  const problems = problemsOf(args);
  if (problems.length === 0) return;
  const lines = problems.map(({ path, given, allowed }) => `${path} is ${show(given)}; allowed: ${allowed}`);
  // A RunError ends the program with its message alone, without the program's text and stack.
  throw new pulumi.RunError([`SecondaryZone "${name}" cannot be made:`, ...lines].join("\n  "));
}

function problemsOf(args: unknown): Problem[] {
  const tsig = at(args, "tsig");
  const dnssec = at(args, "dnssec");
  const hostup = at(at(args, "registrar"), "hostup");
  const problems: Problem[] = [];
  for (const key of ["accountId", "zoneId", "zoneName"]) {
    if (at(args, key) === undefined) problems.push({ path: key, given: undefined, allowed: "a string" });
  }
  if (at(tsig, "name") === undefined && at(tsig, "existing") === undefined) {
    problems.push({
      path: "tsig",
      given: kind(tsig),
      allowed: "{ name, algo?, secret?, adopt? } or { existing: a Tsig }",
    });
  }
  const signing = at(dnssec, "signing");
  if (!SIGNING.includes(String(signing))) {
    problems.push({ path: "dnssec.signing", given: signing, allowed: list(SIGNING) });
  } else if (signing === "off" && at(dnssec, "nsec3") !== undefined) {
    problems.push({
      path: "dnssec.nsec3",
      given: at(dnssec, "nsec3"),
      allowed: 'nothing while dnssec.signing is "off"',
    });
  }
  if (at(args, "registrar") !== undefined && !HOSTUP.includes(String(at(hostup, "dnssec")))) {
    problems.push({ path: "registrar.hostup.dnssec", given: at(hostup, "dnssec"), allowed: list(HOSTUP) });
  }
  return problems;
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

/** The shape of a value in place of the value. */
function kind(value: unknown): unknown {
  return typeof value === "object" && value !== null ? Object.keys(value) : typeof value;
}

function list(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(", ");
}

function show(value: unknown): string {
  return value === undefined ? "missing" : (JSON.stringify(value) ?? typeof value);
}
