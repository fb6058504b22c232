import { isIPv6 } from "node:net";
import type { Parsed } from "../core/parsed";
import { type Address, canonicalAddress, parseAddress } from "./address";

/** An address, or a shorter prefix without a bit behind its length, in canonical form. */
export type Network = Address | Parsed<"parseNetwork">;

/** Of an address with a length, the network that it is in, since BIND refuses bits behind the length. */
export function parseNetwork(text: string): Network | undefined {
  const [host = "", length, ...rest] = text.split("/");
  const address = parseAddress(host);
  if (address === undefined || length === undefined) return address;
  const groups = groupsOf(address);
  const bits = Number(length);
  if (rest.length > 0 || !/^\d{1,3}$/.test(length) || bits > groups.length * 16) return undefined;
  if (bits === groups.length * 16) return address;
  const network = groups.map((group, index) => group & maskOf(bits - index * 16));
  return `${textOf(network)}/${bits}` as Network;
}

/** The 16 bits of a group of which the first `bits` are kept. */
function maskOf(bits: number): number {
  return 0xffff & ~(0xffff >> Math.min(Math.max(bits, 0), 16));
}

/** The address in groups of 16 bits: two or eight. */
function groupsOf(address: Address): number[] {
  if (!isIPv6(address)) {
    const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
    return [(a << 8) | b, (c << 8) | d];
  }
  const [head = [], tail] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = tail === undefined ? [] : Array(8 - head.length - tail.length).fill("0");
  return [...head, ...zeros, ...(tail ?? [])].map((group) => Number.parseInt(group, 16));
}

function textOf(groups: readonly number[]): string {
  if (groups.length === 2) return groups.flatMap((group) => [group >> 8, group & 0xff]).join(".");
  return canonicalAddress(groups.map((group) => group.toString(16)).join(":"));
}
