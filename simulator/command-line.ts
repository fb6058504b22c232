import { parseArgs } from "node:util";
import { isLoopback } from "./dns/loopback";
import type { SimulatorOptions } from "./simulator-options";

export const HELP = `
Simulates the Cloudflare and HostUp APIs that pulumi-secondary-dns calls, on
127.0.0.1. Prints one JSON line with the addresses and credentials once it
listens, then a line for each request on stderr. It runs until it is
interrupted (Ctrl-C).

Options:
  --port PORT            port to listen on; 0 takes a free one (default 0)
  --dns-port PORT        port for DNS, UDP and TCP: transferred zones, NOTIFY
                         (default 0)
  --dns-address ADDRESS  IPv4 loopback address of that port, and of all name
                         servers (default 127.0.0.1)
  --primary              a primary too, with a signed zone for each Cloudflare
                         zone
  --primary-port PORT    port of that primary, UDP and TCP (default 0)
  --zones N              Cloudflare zones and HostUp domains at the start, 0 to
                         10000 (default 3)
  --rate-limit REQUESTS/SECONDS
                         what each API allows a credential (default 1200/300)
  --latency-ms N         how long each request takes at least (default 0)
  --help                 this text

The control plane, at "control" in the JSON line, shows and changes what people
see and do in the two consoles. A PATCH is a merge patch (RFC 7386):
  GET, DELETE       _control/requests        the request log
  GET, PATCH        _control/state           zones, TSIGs, peers, domains,
                                             tokens, switches
  GET, DELETE       _control/resolver-cache  what the resolver on the DNS port
                                             holds
  GET, PATCH        _control/primary         zones and TSIG keys of the primary
  GET, POST, DELETE _control/faults          failures to come, by method and
                                             path
`;

/** What a person got wrong on the command line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export type Command = { readonly help: true } | { readonly help: false; readonly options: SimulatorOptions };

export function parseCommandLine(args: readonly string[]): Command {
  const given = valuesOf(args);
  if (given.help) return { help: true };
  const options = {
    port: wholeNumber("--port", given.port, 65_535),
    dnsPort: wholeNumber("--dns-port", given["dns-port"], 65_535),
    dnsAddress: loopbackAddress(given["dns-address"]),
    primary: given.primary,
    primaryPort: wholeNumber("--primary-port", given["primary-port"], 65_535),
    zones: wholeNumber("--zones", given.zones, 10_000),
    latencyMs: wholeNumber("--latency-ms", given["latency-ms"], 3_600_000),
    rateLimit: rateLimit(given["rate-limit"]),
  };
  return { help: false, options };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "0" },
        "dns-port": { type: "string", default: "0" },
        "dns-address": { type: "string", default: "127.0.0.1" },
        primary: { type: "boolean", default: false },
        "primary-port": { type: "string", default: "0" },
        zones: { type: "string", default: "3" },
        "rate-limit": { type: "string", default: "1200/300" },
        "latency-ms": { type: "string", default: "0" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, given: string, most: number): number {
  const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (value <= most) return value;
  throw new UsageError(`${name} must be a whole number from 0 to ${most}, not "${given}"`);
}

function loopbackAddress(given: string): string {
  if (isLoopback(given)) return given;
  throw new UsageError(`--dns-address must be an IPv4 address in 127.0.0.0/8, not "${given}"`);
}

function rateLimit(given: string) {
  const [, requests, seconds] = /^([1-9]\d{0,8})\/([1-9]\d{0,8})$/.exec(given) ?? [];
  if (requests && seconds) return { requests: Number(requests), seconds: Number(seconds) };
  throw new UsageError(`--rate-limit must be REQUESTS/SECONDS such as 1200/300, not "${given}"`);
}
