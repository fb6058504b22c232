import type { BodyProblem } from "../json-body";
import type { Switches } from "../switches";
import { withDot } from "../trailing-dot";
import { badBody } from "./envelope";

export interface TsigFields {
  readonly name: string;
  readonly algo: string;
  readonly secret: string;
}

/** RFC 8945 section 6, with the trailing dot that the documents' example has. */
const RFC_8945 = [
  "hmac-md5.sig-alg.reg.int.",
  "hmac-sha1.",
  "hmac-sha224.",
  "hmac-sha256.",
  "hmac-sha256-128.",
  "hmac-sha384.",
  "hmac-sha384-192.",
  "hmac-sha512.",
  "hmac-sha512-256.",
];
const ALGORITHMS: Readonly<Record<Switches["tsigAlgorithms"], readonly string[] | undefined>> = {
  rfc8945: RFC_8945,
  "hmac-sha512-only": ["hmac-sha512."],
  any: undefined,
};

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What the service stores for what it was given; all that is wrong with it in one Refusal. */
export function tsigForm(given: TsigFields, switches: Switches): TsigFields {
  const problems: BodyProblem[] = [];
  const complain = (pointer: string, detail: string) => problems.push({ kind: "invalid", pointer, detail });

  const name = withDot(given.name, switches.tsigNames);
  if (name === undefined) complain("/name", "must be an absolute name that ends in a dot");
  else if (!isDomainName(name)) complain("/name", "must be a domain name");

  const algo = withDot(given.algo, switches.tsigAlgorithmDots);
  const known = ALGORITHMS[switches.tsigAlgorithms];
  if (algo === undefined) complain("/algo", "must end in a dot");
  else if (known && !known.includes(algo.endsWith(".") ? algo : `${algo}.`)) {
    complain("/algo", `must be one of ${known.join(", ")}`);
  }
  if (switches.tsigSecrets === "base64" && !BASE64.test(given.secret)) complain("/secret", "must be base64");

  if (problems.length > 0 || name === undefined || algo === undefined) throw badBody(problems);
  return { name, algo, secret: given.secret };
}

/** A key name follows the syntax of domain names (RFC 8945 section 4.2). */
function isDomainName(name: string): boolean {
  const labels = name.replace(/\.$/, "").split(".");
  return name.length <= 254 && labels.every((label) => /^[\w-]{1,63}$/.test(label));
}
