import * as pulumi from "@pulumi/pulumi";
import { plainKeyName } from "./tsig-choice";

/** One thing wrong with a component's arguments: where, what came, what is allowed. */
interface Problem {
  readonly path: string;
  readonly given: unknown;
  readonly allowed: string;
}

const SIGNING = ["presigned", "live", "multi-signer", "off"];
const TSIG =
  "{ name, algo?, secret?, adopt? }, { keys: [{ name, … }, …], active: a name } or { existing: a Tsig, also?: [a Tsig, …] }";
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
  problems.push(...tsigProblems(tsig));
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

function tsigProblems(tsig: unknown): Problem[] {
  const keys = at(tsig, "keys");
  if (keys === undefined) {
    if (at(tsig, "name") !== undefined || at(tsig, "existing") !== undefined) return [];
    return [{ path: "tsig", given: kind(tsig), allowed: TSIG }];
  }
  const names = (Array.isArray(keys) ? keys : []).map((key) => at(key, "name"));
  if (names.length === 0 || names.some((name) => typeof name !== "string")) {
    return [
      {
        path: "tsig.keys",
        given: names,
        allowed: "a list of { name, algo?, secret?, adopt? }, each name a string",
      },
    ];
  }
  const plain = names.map((name) => plainKeyName(String(name)));
  const twice = names.filter((_, index) => plain.indexOf(plain[index] ?? "") !== index);
  const active = at(tsig, "active");
  return [
    ...twice.map((name) => ({ path: "tsig.keys", given: name, allowed: "each name once" })),
    ...(plain.includes(plainKeyName(String(active)))
      ? []
      : [{ path: "tsig.active", given: active, allowed: list(names.map(String)) }]),
  ];
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
