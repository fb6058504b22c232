import { createHash } from "node:crypto";
import { domainToASCII } from "node:url";
import { type DomainName, NAME_ALLOWED, parseDomainName, withoutDot } from "../provider/dns/domain-name";
import { type Parsing, printable, shown } from "./parsing";

/** Names of zones stand in file names and shell commands too, so no other character comes in than a host name has. */
export function parseZoneName(text: unknown): Parsing<DomainName> {
  if (typeof text !== "string")
    return { problems: [{ path: "zoneName", given: kindOf(text), allowed: NAME_ALLOWED }] };
  const parsed = parseDomainName(text);
  if ("name" in parsed) return { value: parsed.name };
  const allowed = `${NAME_ALLOWED} (${printable(parsed.problem)})${internationalized(text)}`;
  return { problems: [{ path: "zoneName", given: shown(text), allowed }] };
}

function kindOf(value: unknown): string {
  return value === undefined || value === null ? "missing" : `a ${typeof value}`;
}

function internationalized(text: string): string {
  const ascii = domainToASCII(text);
  const isMeant = /\P{ASCII}/u.test(text) && "name" in parseDomainName(ascii);
  return isMeant ? `; ${shown(text)} is written ${shown(ascii)} in the DNS` : "";
}

const LONGEST = 100;

/** What stands for a zone in the names of its files and of the parts of a configuration. */
export function shortName(name: DomainName): string {
  return shortText(withoutDot(name));
}

/** The text, or what stands for one that is too long for files' names with their endings (255) and for Knot's ids (254). */
export function shortText(text: string): string {
  if (text.length <= LONGEST) return text;
  const digest = createHash("sha256").update(text).digest("hex");
  return `${text.slice(0, LONGEST - 20)}-${digest.slice(0, 16)}`;
}
