import { isIP } from "node:net";
import type { Parsed } from "../core/parsed";
import { canonicalAddress } from "./address";

/** A CIDR range without host bits, its address in canonical form (RFC 5952). */
export type IpRange = Parsed<"parseIpRange">;

const BITS = { 4: 32, 6: 128 } as const;

/** `undefined` for what is no range, or one that has more addresses than a prefix of `shortest` bits leaves. */
export function parseIpRange(text: string, shortest: { 4: number; 6: number }): IpRange | undefined {
  const [, address = "", digits = ""] = /^([0-9a-f:.]+)\/(0|[1-9]\d{0,2})$/i.exec(text) ?? [];
  const version = isIP(address);
  if (version !== 4 && version !== 6) return undefined;
  const prefix = Number(digits);
  if (prefix > BITS[version] || prefix < shortest[version]) return undefined;
  return `${withoutHostBits(address, version, prefix)}/${prefix}` as IpRange;
}

/** As a service may show it, in the same form; what is no range is left as it is. */
export function canonicalIpRange(text: string): string {
  return parseIpRange(text, { 4: 0, 6: 0 }) ?? text;
}

function withoutHostBits(address: string, version: 4 | 6, prefix: number): string {
  const [size, parts] = version === 4 ? [8, address.split(".").map(Number)] : [16, groupsOf(address)];
  const kept = parts.map((part, at) => {
    const hostBits = Math.min(size, Math.max(0, (at + 1) * size - prefix));
    return (part >> hostBits) << hostBits;
  });
  return version === 4 ? kept.join(".") : canonicalAddress(kept.map((part) => part.toString(16)).join(":"));
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = [], tail = []] = canonicalAddress(address)
    .split("::")
    .map((half) => (half === "" ? [] : half.split(":").map((group) => Number.parseInt(group, 16))));
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}
