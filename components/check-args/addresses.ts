import { isIP } from "node:net";
import { at, type Problem, shape } from "./problem";

/** They end up in a server's configuration, so nothing else may. */
export function addressesProblems(addresses: unknown): Problem[] {
  if (addresses === undefined) return [];
  return [
    ...listProblems(addresses, "transferFrom", "addresses and prefixes, such as 192.0.2.0/24", isNetwork),
    ...listProblems(addresses, "notify", "{ address, port }", isEndpoint),
  ];
}

function listProblems(
  addresses: unknown,
  key: string,
  items: string,
  isItem: (item: unknown) => boolean,
): Problem[] {
  const given = at(addresses, key);
  if (Array.isArray(given) && given.length > 0 && given.every(isItem)) return [];
  return [{ path: `cloudflareAddresses.${key}`, given: shown(given), allowed: `a list of ${items}` }];
}

function shown(given: unknown): string {
  return Array.isArray(given) ? JSON.stringify(given) : shape(given);
}

function isNetwork(item: unknown): boolean {
  const [address = "", bits = "0", ...rest] = String(item).split("/");
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= 128 && rest.length === 0;
}

function isEndpoint(item: unknown): boolean {
  const port = at(item, "port");
  return isIP(String(at(item, "address"))) !== 0 && Number.isInteger(port) && Number(port) > 0;
}
