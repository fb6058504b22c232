import type { RateLimit, Zone } from "./state";
import type { Switches } from "./switches";

export interface SimulatorOptions {
  /** The port to listen on; 0, the default, takes a free one. */
  readonly port?: number;
  /** The port, UDP and TCP, for DNS: queries, NOTIFY and AXFR of the transferred zones; 0 by default. */
  readonly dnsPort?: number;
  /**
   * The IPv4 loopback address of that port, 127.0.0.1 by default. The name servers of zones and of their
   * parents have it as their address, so that on port 53 a client finds them by their names.
   */
  readonly dnsAddress?: string;
  /**
   * Whether that port answers for the parents of the zones too, and as a resolver; true by default. Where parents and
   * resolvers are servers of their own, it is a name server of the zones alone, which tells a zone's own NS set.
   */
  readonly parents?: boolean;
  /**
   * The TTL in seconds of the DNSKEY sets that Cloudflare and the primary sign, 3600 by default: so long may a
   * resolver trust keys whose DS is gone. With less, a test need not wait an hour.
   */
  readonly dnskeyTtl?: number;
  /** Whether there is a primary too, on a port of its own, for demos and tests without a DNS server; false by default. */
  readonly primary?: boolean;
  /** The port of that primary on 127.0.0.1, UDP and TCP; 0, the default, takes a free one. */
  readonly primaryPort?: number;
  /** How long a primary may say nothing during a transfer; 10,000 by default. */
  readonly transferTimeoutMs?: number;
  /** How many Cloudflare zones and HostUp domains there are at the start; 3 by default. */
  readonly zones?: number;
  /** For each of the two APIs and each credential; 1200 requests in 300 seconds by default. */
  readonly rateLimit?: RateLimit;
  /** How long each API request takes at least; 0 by default. */
  readonly latencyMs?: number;
  /** What the API documents leave open. */
  readonly switches?: Partial<Switches>;
  /** Random by default. */
  readonly cloudflareToken?: string;
  /** Random by default. */
  readonly hostupToken?: string;
  /** Called with a line for each API request and each transfer, without secrets. */
  readonly log?: (line: string) => void;
  /** The clock of states, timestamps, rate limits, refreshes and TSIG, in milliseconds since 1970. */
  readonly now?: () => number;
}

/** Where everything is and what opens it: the line that the binary prints. */
export interface SimulatorAddress {
  readonly cloudflare: string;
  readonly hostup: string;
  readonly control: string;
  /** Address and port, for example 127.0.0.1:5353. */
  readonly dns: string;
  /** Of the primary, where there is one. Its zones and keys are at `_control/primary`. */
  readonly primary?: string;
  readonly cloudflareToken: string;
  readonly cloudflareEmail: string;
  readonly cloudflareApiKey: string;
  readonly hostupToken: string;
  readonly accountId: string;
  readonly zones: readonly { readonly id: string; readonly name: string; readonly type: Zone["type"] }[];
  readonly domains: readonly { readonly id: string; readonly name: string }[];
}

export interface Simulator extends SimulatorAddress {
  /** Stops at once; requests under way are cut off. */
  readonly close: () => Promise<void>;
}
