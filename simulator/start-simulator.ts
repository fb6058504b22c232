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

/** Starts the two simulated APIs, their control plane and their DNS on loopback addresses. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { log = () => {}, now = Date.now, dnsAddress = "127.0.0.1", dnskeyTtl: keyTtl = 3600 } = options;
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

  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    closing.abort();
    await Promise.all(closers.map((closeOne) => closeOne()));
  };
  const listen = async (where: Endpoint, who: NameServer) => {
    const server = await startDnsServer(where, createResponder(who), reportBug);
    closers.push(server.close);
    return { address: where.address, port: server.port };
  };
  try {
    const secondary = createSecondary(world, transfers, {
      cache,
      keyTtl,
      address: dnsAddress,
      parents: options.parents ?? true,
    });
    const dns = await listen({ address: dnsAddress, port: options.dnsPort ?? 0 }, secondary);
    const primary = options.primary
      ? new Primary(
          initialPrimaryState(
            Object.values(state.zones).map(({ name }) => name),
            keyTtl,
          ),
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
