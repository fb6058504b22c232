import { isIPv4 } from "node:net";

const GROUPS = 8;

/** The octets of an IP address: 4, or 16 for IPv6. */
export function addressOctets(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  // URL parsing gives the short form, which has no IPv4 address in it.
  const [head = "", tail = ""] = shortIPv6(address).split("::");
  const groups = (half: string) => half.split(":").filter(Boolean);
  const [before, after] = [groups(head), groups(tail)];
  const zeros = Array.from({ length: GROUPS - before.length - after.length }, () => "0");
  const hex = [...before, ...zeros, ...after].map((group) => group.padStart(4, "0")).join("");
  return Buffer.from(hex, "hex");
}

/** The text of 16 octets in the form of RFC 5952. */
export function formatIPv6(octets: Buffer): string {
  return shortIPv6(octets.toString("hex").replace(/(....)(?!$)/g, "$1:"));
}

function shortIPv6(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}
