import { isIPv6 } from "node:net";
import { isAddress } from "../../provider/core/address";
import { at, type Problem, shape, strayFields } from "./problem";

const FIELDS = ["transferFrom", "notify"];

/** They end up in a server's configuration, so nothing else may. */
export function addressesProblems(addresses: unknown): Problem[] {
  if (addresses === undefined) return [];
  return [
    ...strayFields(addresses, "cloudflareAddresses", FIELDS),
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
  const most = isIPv6(address) ? 128 : 32;
  return isAddress(address) && /^\d{1,3}$/.test(bits) && Number(bits) <= most && rest.length === 0;
}

function isEndpoint(item: unknown): boolean {
  const port = at(item, "port");
  const isPort = typeof port === "number" && Number.isInteger(port) && port >= 1 && port <= 65_535;
  return isPort && isAddress(String(at(item, "address")));
}
