import { isIP } from "node:net";
import { addressOctets, formatIPv6 } from "../dns/ip-octets";

/** At most a /24 of IPv4 or a /64 of IPv6, by the documents of the ACLs. */
const SHORTEST_PREFIX = { 4: 24, 6: 64 } as const;
const LENGTH = { 4: 32, 6: 128 } as const;

interface IpRange {
  readonly version: 4 | 6;
  /** Its host bits are 0. */
  readonly first: Buffer;
  readonly prefix: number;
}

/** What is wrong with a range, or its canonical text: host bits cleared, IPv6 in its short form. */
export function canonicalRange(text: string): { readonly range: string } | { readonly fault: string } {
  const parsed = parseRange(text);
  if (!parsed) return { fault: "must be a range in CIDR notation" };
  const { version, first, prefix } = parsed;
  const shortest = SHORTEST_PREFIX[version];
  if (prefix < shortest) return { fault: `must be /${shortest} at most for IPv${version}` };
  return { range: `${version === 4 ? first.join(".") : formatIPv6(first)}/${prefix}` };
}

export function isInRange(address: string, text: string): boolean {
  const range = parseRange(text);
  if (!range || isIP(address) !== range.version) return false;
  return masked(addressOctets(address), range.prefix).equals(range.first);
}

function parseRange(text: string): IpRange | undefined {
  const [, address = "", length] = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  const prefix = Number(length);
  if ((version !== 4 && version !== 6) || prefix > LENGTH[version]) return undefined;
  return { version, prefix, first: masked(addressOctets(address), prefix) };
}

function masked(octets: Buffer, prefix: number): Buffer {
  return Buffer.from(
    octets.map((octet, index) => {
      const bits = Math.min(8, Math.max(0, prefix - 8 * index));
      return octet & (0xff << (8 - bits));
    }),
  );
}
