import { randomBytes } from "node:crypto";
import { once, setMaxListeners } from "node:events";
import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { createCloudflare } from "./cloudflare/service";
import { createControl } from "./control";
import { isLoopback } from "./dns/loopback";
import { createResponder, type NameServer } from "./dns/respond";
import { type Endpoint, startDnsServer } from "./dns/server";
import { FaultList } from "./faults";
import { createHostup } from "./hostup/service";
import { ACCOUNT_ID, createState } from "./initial-state";
import { ResolverCache } from "./parent/resolver-cache";
import { initialPrimaryState } from "./primary/initial-state";
import { sendNotify } from "./primary/notify";
import { Primary } from "./primary/primary";
import { type Penalty, RateLimiter } from "./rate-limit";
import { RequestLog } from "./request-log";
import { CONTROL_BASE_PATH, createSimulatorServer } from "./server";
import { settleState } from "./settle-state";
import type { Simulator, SimulatorAddress, SimulatorOptions } from "./simulator-options";
import type { World } from "./state";
import { startRefreshing } from "./transfers/refresh";
import { createSecondary } from "./transfers/secondary";
import { Transfers } from "./transfers/transfers";

<<<<<<< HEAD
/** Starts the two simulated APIs, their control plane and their DNS on loopback addresses. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { log = () => {}, now = Date.now, dnsAddress = "127.0.0.1" } = options;
=======
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
   * The TTL in seconds of the DNSKEY set of the zones that Cloudflare signs, 3600 by default: so long may a
   * resolver trust keys whose DS is gone. With less, a test need not wait an hour.
   */
  readonly dnskeyTtl?: number;
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

/** Starts the two simulated APIs and their control plane on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { rateLimit = { requests: 1200, seconds: 300 }, log = () => {}, now = Date.now } = options;
  const { dnsAddress = "127.0.0.1", dnskeyTtl: keyTtl = 3600 } = options;
>>>>>>> w-lab
  if (!isLoopback(dnsAddress)) {
    throw new TypeError(`simulator options: dnsAddress: must be in 127.0.0.0/8, not "${dnsAddress}"`);
  }
  const credentials = credentialsOf(options);
  const world = createWorld(options, credentials, now);
  const { state } = world;
  const [faults, requests, cache] = [new FaultList(), new RequestLog(log), new ResolverCache(now)];
  const closing = new AbortController();
  // Each request that waits and each transfer listens to it.
  setMaxListeners(0, closing.signal);
  const conditions = (penalty: Penalty) => ({
    faults,
    limiter: new RateLimiter(penalty, now),
    latencyMs: () => world.state.latencyMs,
    pause: (milliseconds: number) => wait(milliseconds, undefined, { signal: closing.signal }),
  });
  const reportBug = (error: unknown) =>
    log(`simulator error: ${error instanceof Error ? error.stack : String(error)}`);
  const transfers = new Transfers(world, {
    timeoutMs: options.transferTimeoutMs ?? 10_000,
    signal: closing.signal,
    log,
    reportBug,
  });

<<<<<<< HEAD
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    closing.abort();
    await Promise.all(closers.map((closeOne) => closeOne()));
=======
  const server = createSimulatorServer({
    services: [
      { service: createCloudflare(world, transfers), conditions: conditions("one-more-window") },
      { service: createHostup(world), conditions: conditions("until-window-ends") },
    ],
    control: createControl({ world, faults, requests, cache, startLine: () => address }),
    requests,
    reportBug,
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const respond = createResponder(createSecondary(world, transfers, { cache, keyTtl, address: dnsAddress }));
  const dnsSocket = { address: dnsAddress, port: options.dnsPort ?? 0 };
  const dns = await startDnsServer(dnsSocket, respond, reportBug).catch((error: unknown) => {
    server.close();
    throw error;
  });
  const refreshing = startRefreshing(world, transfers);

  const origin = originOf(server.address());
  const address: SimulatorAddress = {
    cloudflare: `${origin}/client/v4`,
    hostup: `${origin}/api/v2`,
    control: `${origin}${CONTROL_BASE_PATH}`,
    dns: `${dnsAddress}:${dns.port}`,
    ...credentials,
    accountId: ACCOUNT_ID,
    zones: Object.values(state.zones).map(({ id, name, type }) => ({ id, name, type })),
    domains: Object.values(state.domains).map(({ id, name }) => ({ id, name })),
>>>>>>> w-lab
  };
  const listen = async (where: Endpoint, who: NameServer) => {
    const server = await startDnsServer(where, createResponder(who), reportBug);
    closers.push(server.close);
    return { address: where.address, port: server.port };
  };
  try {
    const secondary = createSecondary(world, transfers, { cache, address: dnsAddress });
    const dns = await listen({ address: dnsAddress, port: options.dnsPort ?? 0 }, secondary);
    const primary = options.primary
      ? new Primary(
          initialPrimaryState(Object.values(state.zones).map(({ name }) => name)),
          now,
          (zone, key, seconds) => sendNotify(zone, key, seconds, dns),
        )
      : undefined;
    const primaryDns =
      primary && (await listen({ address: "127.0.0.1", port: options.primaryPort ?? 0 }, primary));
    const server = createSimulatorServer({
      services: [
        { service: createCloudflare(world, transfers), conditions: conditions("one-more-window") },
        { service: createHostup(world), conditions: conditions("until-window-ends") },
      ],
      control: createControl({ world, faults, requests, cache, primary, startLine: () => address }),
      requests,
      reportBug,
    });
    const origin = await listenHttp(server, options.port ?? 0);
    closers.push(() => closeHttp(server));
    const refreshing = startRefreshing(world, transfers);
    closers.push(async () => refreshing.stop());

    const address: SimulatorAddress = {
      cloudflare: `${origin}/client/v4`,
      hostup: `${origin}/api/v2`,
      control: `${origin}${CONTROL_BASE_PATH}`,
      dns: `${dns.address}:${dns.port}`,
      ...(primaryDns ? { primary: `${primaryDns.address}:${primaryDns.port}` } : {}),
      ...credentials,
      accountId: ACCOUNT_ID,
      zones: Object.values(state.zones).map(({ id, name, type }) => ({ id, name, type })),
      domains: Object.values(state.domains).map(({ id, name }) => ({ id, name })),
    };
    return { ...address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Credentials = ReturnType<typeof credentialsOf>;

function credentialsOf({ cloudflareToken, hostupToken }: SimulatorOptions) {
  return {
    cloudflareToken: cloudflareToken ?? randomBytes(30).toString("base64url"),
    cloudflareEmail: "simulator@example.com",
    cloudflareApiKey: randomBytes(19).toString("hex").slice(0, 37),
    hostupToken: hostupToken ?? `sk_test_${randomBytes(16).toString("hex")}`,
  };
}

function createWorld(options: SimulatorOptions, credentials: Credentials, now: () => number): World {
  const { rateLimit = { requests: 1200, seconds: 300 } } = options;
  const state = createState({
    zones: options.zones ?? 3,
    rateLimits: { cloudflare: rateLimit, hostup: rateLimit },
    latencyMs: options.latencyMs ?? 0,
    switches: options.switches ?? {},
    ...credentials,
  });
  const world = { state, now };
  settleState(world);
  return world;
}

async function listenHttp(server: Server, port: number): Promise<string> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("the simulator does not listen on TCP");
  return `http://127.0.0.1:${address.port}`;
}

async function closeHttp(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
