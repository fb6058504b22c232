import { domainToASCII } from "node:url";
import type { Parsed } from "../core/parsed";

/** A domain name in canonical form: lower case, absolute (RFC 4343, RFC 8945 section 4.2). */
export type DomainName = Parsed<"parseDomainName">;

/**
 * Letters, digits, hyphens and underscores; labels of 1 to 63 octets, 255 octets in all (RFC 1035
 * section 2.3.4). Returns what is wrong as `problem`.
 */
export type ParsedName = { readonly name: DomainName } | { readonly problem: string };

export const NAME_ALLOWED =
  "a domain name of labels with letters, digits, hyphens and underscores, 1 to 63 each, 253 in all without the final dot";

export function parseDomainName(text: string): ParsedName {
  const name = withoutDot(text);
  const labels = name.split(".");
  const problem = labels.map(labelProblem).find((each) => each !== undefined);
  if (problem !== undefined) return { problem };
  // On the wire each label has a length octet, and the root one more: 253 characters make 255 octets.
  if (name.length > 253) return { problem: `it has ${name.length} characters` };
  // Only now that it is ASCII: the Kelvin sign is a letter k in lower case.
  return { name: `${name.toLowerCase()}.` as DomainName };
}

export function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}

/** For comparing what others wrote: lower case, absolute, whatever is in it. */
export function absoluteName(text: string): string {
  return `${withoutDot(text.toLowerCase())}.`;
}

/**
 * For comparing the names of zones and domains: lower case, no final dot, and A-labels where a service shows an
 * internationalised name in Unicode (RFC 5890 section 2.3.2.1, UTS #46).
 */
export function undottedALabels(text: string): string {
  // In lower case first: a letter may have its A-label in that alone.
  const labels = text.toLowerCase().split(/[.\u3002\uff0e\uff61]/);
  // Of two final dots neither is the root's.
  return labels
    .map(aLabel)
    .join(".")
    .replace(/(?<=[^.])\.$/, "");
}

const LETTERS = /^(?:[\p{L}\p{M}\p{N}\u00b7-]|\u200c|\u200d)+$/u;

/** Label by label and letters alone: as a host of a URL the text could lose what follows a slash, or become an address. */
function aLabel(label: string): string {
  if (!/[^\p{ASCII}]/u.test(label) || !LETTERS.test(label)) return label;
  return domainToASCII(label) || label;
}

/** What to write in place of an internationalised name; nothing for others. */
export function aLabelHint(text: string): string {
  const name = undottedALabels(text);
  const isOther = name !== withoutDot(text).toLowerCase() && name.includes("xn--");
  return isOther ? `; an internationalised name goes in its xn-- form: ${name}` : "";
}

function labelProblem(label: string): string | undefined {
  if (label === "") return "a label is empty";
  if (label.length > 63) return `the label "${label.slice(0, 20)}…" has ${label.length} characters`;
  if (!/^[A-Za-z0-9_-]+$/.test(label)) return `the label "${label}" has a character that is not allowed`;
  if (label.startsWith("-") || label.endsWith("-"))
    return `the label "${label}" begins or ends with a hyphen`;
  return undefined;
}
