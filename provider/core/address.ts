import { isIP } from "node:net";

/** IPv6 addresses have many spellings (RFC 5952); a URL's parser knows the canonical one. */
export function canonicalAddress(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
