import { isIP } from "node:net";

/** At most a /24 of IPv4 or a /64 of IPv6, by the documents of the ACLs. */
const SHORTEST_PREFIX = { 4: 24, 6: 64 } as const;
const LENGTH = { 4: 32, 6: 128 } as const;

interface IpRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly prefix: number;
}

/** What is wrong with a range, or its canonical text: host bits cleared, IPv6 in its short form. */
export function canonicalRange(text: string): { readonly range: string } | { readonly fault: string } {
  const parsed = parseRange(text);
  if (!parsed) return { fault: "must be a range in CIDR notation" };
  const shortest = SHORTEST_PREFIX[parsed.version];
  if (parsed.prefix < shortest) return { fault: `must be /${shortest} at most for IPv${parsed.version}` };
  return { range: `${formatAddress(parsed)}/${parsed.prefix}` };
}

export function isInRange(address: string, text: string): boolean {
  const range = parseRange(text);
  const version = isIP(address);
  if (!range || version !== range.version) return false;
  return masked(numberOf(address, range.version), range.version, range.prefix) === range.first;
}

function parseRange(text: string): IpRange | undefined {
  const [, address = "", length] = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  const prefix = Number(length);
  if ((version !== 4 && version !== 6) || prefix > LENGTH[version]) return undefined;
  return { version, prefix, first: masked(numberOf(address, version), version, prefix) };
}

function masked(value: bigint, version: 4 | 6, prefix: number): bigint {
  const host = BigInt(LENGTH[version] - prefix);
  return (value >> host) << host;
}

function numberOf(address: string, version: 4 | 6): bigint {
  if (version === 4) {
    return address.split(".").reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
  }
  // URL parsing gives the short form, with hex groups alone.
  const [head = "", tail] = hostOf(address).split("::");
  const groups = (half: string) => half.split(":").filter(Boolean);
  const [before, after] = [groups(head), groups(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...zeros, ...after].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function formatAddress({ version, first }: IpRange): string {
  const [count, width] = version === 4 ? [4, 8] : [8, 16];
  const parts = Array.from({ length: count }, (_, index) =>
    BigInt.asUintN(width, first >> BigInt(width * (count - 1 - index))),
  );
  return version === 4 ? parts.join(".") : hostOf(parts.map((part) => part.toString(16)).join(":"));
}

function hostOf(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}
