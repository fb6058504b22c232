import type { Parsed } from "../core/parsed";
import { absoluteName } from "./domain-name";

/**
 * TSIG algorithms in the form the API takes (RFC 8945 section 6, https://www.iana.org/assignments/tsig-algorithm-names).
 * Truncated variants are left out: the primaries this package is for do not all offer them.
 */
export const tsigAlgorithms = [
  "hmac-sha512.",
  "hmac-sha384.",
  "hmac-sha256.",
  "hmac-sha224.",
  "hmac-sha1.",
] as const;
/** A TSIG algorithm in the form the API takes, with a final dot. */
export type TsigAlgorithm = (typeof tsigAlgorithms)[number];

/** Octets of the full hash output; RFC 8945 section 8 recommends secrets at least as long. */
export const hashOctets: Record<TsigAlgorithm, number> = {
  "hmac-sha512.": 64,
  "hmac-sha384.": 48,
  "hmac-sha256.": 32,
  "hmac-sha224.": 28,
  "hmac-sha1.": 20,
};

export const MD5 = "hmac-md5.sig-alg.reg.int.";

/** The canonical spelling, or `undefined` for what is not on the list. */
export function parseTsigAlgorithm(text: string): TsigAlgorithm | undefined {
  const name = absoluteName(text);
  return tsigAlgorithms.find((algorithm) => algorithm === name);
}

/** What RFC 8945 section 6 advises against, in words for a warning. */
export function algorithmWarning(text: string): string | undefined {
  const algorithm = parseTsigAlgorithm(text);
  if (algorithm !== "hmac-sha1." && algorithm !== "hmac-sha224.") return undefined;
  return `algo ${algorithm} is not recommended (RFC 8945 section 6); use hmac-sha256. or hmac-sha512. where the primary can.`;
}

/** The number of octets a canonical base64 text stands for (RFC 4648), or `undefined` when it is not one. */
export function base64Octets(text: string): number | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.length > 0 && bytes.toString("base64") === text ? bytes.length : undefined;
}

/** A TSIG secret as every server's configuration has it: canonical base64 on one line. */
export type Base64 = Parsed<"parseBase64">;

/** BIND's limit; the other servers take more. */
const MOST_OCTETS = 1024;

/** `undefined` for what is not canonical base64, stands for nothing, or is longer than every server takes. */
export function parseBase64(text: string): Base64 | undefined {
  const octets = base64Octets(text);
  return octets !== undefined && octets <= MOST_OCTETS ? (text as Base64) : undefined;
}

/** A secret shorter than the hash output weakens the key (RFC 8945 section 8); the value stays out of the text. */
export function secretWarning(algorithmText: string, secret: string): string | undefined {
  const algorithm = parseTsigAlgorithm(algorithmText);
  const octets = base64Octets(secret);
  if (algorithm === undefined || octets === undefined || octets >= hashOctets[algorithm]) return undefined;
  return `secret is shorter than the ${hashOctets[algorithm]} bytes that RFC 8945 section 8 recommends for ${algorithm}`;
}
