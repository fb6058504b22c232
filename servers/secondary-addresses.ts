import { parseAddress } from "../provider/dns/address";
import { parseNetwork } from "../provider/dns/network";
import { CLOUDFLARE } from "./cloudflare-addresses";
import { type Parsing, type Problem, printable } from "./parsing";
import type { Endpoint, Secondary } from "./primary-zone";

/** The addresses of a secondary, as its primary sees them. */
export interface SecondaryAddresses {
  /** Where transfer requests come from: addresses and prefixes. */
  readonly transferFrom: readonly string[];
  /** Where to send NOTIFY. */
  readonly notify: readonly { readonly address: string; readonly port: number }[];
}

/** Those that a program gives, or Cloudflare's own. */
export function parseSecondary(given: unknown = CLOUDFLARE): Parsing<Secondary> {
  const transferFrom = items(given, "transferFrom", (item) =>
    typeof item === "string" ? parseNetwork(item) : undefined,
  );
  const notify = items(given, "notify", parseEndpoint);
  if (transferFrom !== undefined && notify !== undefined) return { value: { transferFrom, notify } };
  const problems: Problem[] = [];
  if (transferFrom === undefined)
    problems.push(problem(given, "transferFrom", "addresses and prefixes, such as 192.0.2.0/24"));
  if (notify === undefined) problems.push(problem(given, "notify", "{ address, port }"));
  return { problems };
}

/** `undefined` when the list is missing, is empty, or has an item that cannot be read. */
function items<Item>(
  given: unknown,
  key: string,
  parse: (item: unknown) => Item | undefined,
): readonly Item[] | undefined {
  const list = fieldOf(given, key);
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const parsed = list.map(parse);
  return parsed.every((item) => item !== undefined) ? parsed : undefined;
}

function parseEndpoint(item: unknown): Endpoint | undefined {
  const [text, port] = [fieldOf(item, "address"), fieldOf(item, "port")];
  const address = typeof text === "string" ? parseAddress(text) : undefined;
  const isPort = typeof port === "number" && Number.isInteger(port) && port >= 1 && port <= 65_535;
  return address !== undefined && isPort ? { address, port } : undefined;
}

function problem(given: unknown, key: string, what: string): Problem {
  const list = fieldOf(given, key);
  return {
    path: `cloudflareAddresses.${key}`,
    given: Array.isArray(list)
      ? printable(JSON.stringify(list))
      : list === undefined
        ? "missing"
        : `a ${typeof list}`,
    allowed: `a list of ${what}`,
  };
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, key) ?? undefined) : undefined;
}
