import "../support/one-realm";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { getDnssec } from "../../provider/cloudflare/dnssec";
import { getDnssecAuto } from "../../provider/hostup/dnssec-auto";
import { type SimulatorOptions, startSimulator } from "../../simulator";
import { clientsOf } from "../support/clients";
import { compiled } from "../support/compiled";
import { type Control, controlOf } from "../support/control";
import { HASTY, SILENT } from "../support/engine-runs";
import { simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";

jest.setTimeout(60_000);

const ZONES = 40;
let control: Control;

async function start(options: SimulatorOptions): Promise<void> {
  control = controlOf(await startSimulator({ zones: ZONES, ...options }));
}

afterEach(() => control.simulator.close());

const client = () =>
  clientsOf(simulatorConfig(control.simulator), {
    retryPolicy: { ...HASTY, limited: 20_000, unsure: 5_000 },
    progress: SILENT,
    timeout: 10_000,
  });

/** Reads, round by round of all zones: equal ones at the same moment would share a call. */
async function read({ cloudflare }: ReturnType<typeof client>, calls: number): Promise<void> {
  const zones = control.simulator.zones.map(({ id }) => id);
  for (let done = 0; done < calls; done += zones.length) {
    await Promise.all(zones.slice(0, calls - done).map((id) => getDnssec(cloudflare, id)));
  }
}

async function statuses(): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (const { status } of await control.requests()) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe("a limit of 60 calls a second", () => {
  beforeEach(() => start({ rateLimit: { requests: 60, seconds: 1 } }));

  test("is never met by 300 calls of one client", async () => {
    await read(client(), 300);
    expect(await statuses()).toEqual({ 200: 300 });
  });

  test("lets two clients of one token finish, whatever the other one takes", async () => {
    await Promise.all([read(client(), 150), read(client(), 150)]);
    expect(await statuses()).toMatchObject({ 200: 300 });
  });
});

test("a limit of 400 calls in 2 s is never met by two processes with one token", async () => {
  await start({ rateLimit: { requests: 400, seconds: 2 } });
  const folder = compiled("provider", "servers");
  const { cloudflare, cloudflareToken, zones } = control.simulator;
  writeFileSync(
    join(folder, "read.js"),
    `const { createTransport } = require("./provider/http/transport");
     const { createClients } = require("./provider/runtime/clients");
     const { getDnssec } = require("./provider/cloudflare/dnssec");
     const client = createClients(createTransport())
       .cloudflare({ config: () => undefined, env: (name) => process.env[name] }, undefined);
     const zones = process.argv.slice(2);
     (async () => {
       for (let round = 0; round < 10; round += 1) await Promise.all(zones.map((id) => getDnssec(client, id)));
     })();`,
  );
  const env = { CLOUDFLARE_BASE_URL: cloudflare, CLOUDFLARE_API_TOKEN: cloudflareToken };
  const process2 = async () => {
    const args = [join(folder, "read.js"), ...zones.map(({ id }) => id)];
    const [code] = await once(spawn(process.execPath, args, { env, stdio: "inherit" }), "close");
    return code;
  };
  expect(await Promise.all([process2(), process2()])).toEqual([0, 0]);
  expect(await statuses()).toEqual({ 200: 20 * ZONES });
});

describe("a refusal with Retry-After", () => {
  beforeEach(() => start({}));

  test("is waited out once by all callers together", async () => {
    const clients = client();
    await read(clients, 1);
    await control.forgetRequests();
    await control.fault({ method: "GET", fault: { kind: "rate-limited", retryAfterSeconds: 1 } });
    const began = Date.now();
    // The one that is refused, and those that were under way with it.
    const [first, ...others] = control.simulator.zones.map(({ id }) => id);
    const refused = getDnssec(clients.cloudflare, first ?? "");
    await seen(429);
    await Promise.all([refused, ...others.map((id) => getDnssec(clients.cloudflare, id))]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
    expect(await statuses()).toEqual({ 200: ZONES, 429: 1 });
  });

  test("of a minute ends at once for the impatient, and holds nobody else", async () => {
    const clients = client();
    await control.fault({ method: "GET", count: 3, fault: { kind: "rate-limited", retryAfterSeconds: 60 } });
    const ids = control.simulator.zones.slice(0, 3).map(({ id }) => id);
    const messages = await Promise.all(ids.map((id) => messageOf(getDnssec(clients.cloudflare, id))));
    for (const message of messages) expect(message).toContain("wait 60 s");
    await read(clients, 1);
  });

  test("of HostUp is waited out too", async () => {
    const { hostup } = client();
    const [domain] = control.simulator.domains;
    await control.fault({ service: "hostup", fault: { kind: "rate-limited", retryAfterSeconds: 1 } });
    const began = Date.now();
    expect(await getDnssecAuto(hostup, domain?.id ?? "")).toMatchObject({ status: "excluded" });
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000);
  });
});

test("a whole block for having asked too much is waited out, and all calls succeed", async () => {
  await start({ rateLimit: { requests: 30, seconds: 1 } });
  const { cloudflare, cloudflareToken } = control.simulator;
  const headers = { authorization: `Bearer ${cloudflareToken}` };
  // Somebody else uses the account and does not look at the limit.
  for (let call = 0; call < 31; call += 1) await (await fetch(`${cloudflare}/zones`, { headers })).text();
  expect((await statuses())[429]).toBe(1);
  await read(client(), 60);
  const counts = await statuses();
  expect(counts[200]).toBe(90);
  // The one call that went to see.
  expect(counts[429]).toBe(2);
});

test("a 500 does not wait for the budget's reset, which has nothing to do with it", async () => {
  await start({ rateLimit: { requests: 1_200, seconds: 300 } });
  await control.fault({ method: "GET", fault: { kind: "status", status: 500 } });
  const began = Date.now();
  await read(client(), 1);
  expect(Date.now() - began).toBeLessThan(2_000);
});

/** Asks the log, which the simulator writes before it answers. */
async function seen(status: number): Promise<void> {
  while (!(await control.requests()).some((request) => request.status === status));
}
