import { isIP } from "node:net";
import type { Parsed } from "../core/parsed";

/** An address in canonical form (RFC 5952). */
export type Address = Parsed<"parseAddress">;

/** Whether another machine can be reached by it: an IPv6 zone index (`fe80::1%eth0`) means something here alone. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes("%");
}

/** IPv6 addresses have many spellings (RFC 5952); a URL's parser knows the canonical one. */
export function canonicalAddress(text: string): string {
  const isSixth = isAddress(text) && isIP(text) === 6;
  return isSixth ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;
}

/** `undefined` for what no other machine can be reached by. */
export function parseAddress(text: string): Address | undefined {
  return isAddress(text) ? (canonicalAddress(text) as Address) : undefined;
}
