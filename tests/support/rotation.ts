import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { PrimaryConfig } from "../../index";
import { type ConfigurableKind, type ConfiguredPrimary, startConfigured } from "./configured-primary";
import type { Control } from "./control";
import { until } from "./dns-processes";
import { missingTools, soaSerial } from "./dns-tools";
import { startControl } from "./one-of-each";
import { createStack, credentials, type Stack } from "./stack";

const [OLD, NEW] = ["cf-2026.example.com.", "cf-2027.example.com."];
const START = `tsig: { name: "${OLD}" },`;
const [ADDED = "", SWITCHED = "", DROPPED = ""] = readFileSync("docs/rotate-a-tsig-key.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("tsig: "));

/** The autoRefreshSeconds that the zone has: the longest that a change may take to be seen, were every NOTIFY lost. */
const REFRESH_SECONDS = 300;

/** NSD cuts the connections that it has when it reloads; the next NOTIFY brings what they would have. */
const CUT_BY_RELOAD = / failed: [^;]*: (read ECONNRESET|the connection ended )/;

const program = (tsig: string) => `
const { SecondaryZone } = require("pulumi-secondary-dns");
const config = new (require("@pulumi/pulumi").Config)();
const zone = new SecondaryZone("zone", {
  accountId: config.require("accountId"),
  zoneId: config.require("zoneId"),
  zoneName: config.require("zoneName"),
  primaries: config.getObject("primaries"),
  cloudflareAddresses: config.getObject("addresses"),
  dnssec: { signing: "presigned", nsec3: true },
  transform: { incoming: () => ({ args: { autoRefreshSeconds: ${REFRESH_SECONDS} } }) },
  ${tsig}
});
exports.primaryConfig = zone.primaryConfig;
`;

/** Follows the guide with each of these servers; one that is not installed is skipped, and said to be. */
export function testRotation(kinds: readonly ConfigurableKind[]): void {
  for (const kind of kinds) {
    const missing = missingTools(kind.commands);
    const title = `with ${kind.name}, the steps of the guide replace a key while the zone changes every second`;
    if (missing.length === 0) test(title, () => rotate(kind));
    else test.skip(`${title} (not installed: ${missing.join(", ")}; see tests/dns/install.sh)`, () => {});
  }
}

async function rotate(kind: ConfigurableKind): Promise<void> {
  const { control, stack, zone, dnsPort, failures } = await ground();
  await stack.up();
  const primary = await startConfigured(kind, zone.name, await configOf(stack));
  const watch = new Watch(primary, dnsPort, zone.name);
  try {
    await stack.set({ "primaries[0].address": "127.0.0.1", "primaries[0].port": String(primary.port) });
    await stack.up();
    const [old] = await keysOf(control);
    watch.start();

    await stack.write({ "index.js": program(ADDED) });
    await stack.up();
    expect((await keysOf(control))[0]).toEqual(old);
    expect(await keyOfPeer(control)).toBe(OLD);
    await watch.catchesUp();

    await stack.write({ "index.js": program(SWITCHED) });
    const early = await stack.pulumi("up", "--yes", "--skip-preview");
    expect(early.output).toContain(`stays with the TSIG it has: with "${NEW}" its transfers would fail`);
    expect(early.code).not.toBe(0);
    expect(await keyOfPeer(control)).toBe(OLD);
    await watch.catchesUp();

    await primary.configure(await configOf(stack));
    await stack.up();
    expect(await keyOfPeer(control)).toBe(NEW);
    await watch.catchesUp();

    await stack.write({ "index.js": program(DROPPED) });
    await stack.up();
    await primary.configure(await configOf(stack));
    expect((await keysOf(control)).map(({ name }) => name)).toEqual([NEW]);
    await watch.catchesUp();

    const stale = await watch.end();
    const transfer = (await control.state()).zones[zone.id]?.transfer;
    expect(transfer?.tsigKey).toBe(NEW);
    expect(failures.filter((failure) => !CUT_BY_RELOAD.test(failure))).toEqual([]);
    expect(stale).toBeLessThan(REFRESH_SECONDS);
    console.info(
      `${kind.name}: ${transfer?.succeeded} transfers, ${failures.length} cut by a reload, stale for ${stale} s at most`,
    );
  } finally {
    await watch.end();
    await primary.stop();
  }
}

async function ground() {
  const failures: string[] = [];
  const control = await startControl({
    log: (line) => {
      if (/^transfer of .* failed/.test(line)) failures.push(line);
    },
  });
  const { simulator } = control;
  const [zone] = simulator.zones;
  if (!zone) throw new Error("the simulator has no zone");
  const dnsPort = Number(simulator.dns.split(":")[1]);
  const stack = await createStack({
    files: { "index.js": program(START) },
    env: credentials(simulator),
    config: {
      accountId: simulator.accountId,
      zoneId: zone.id,
      zoneName: zone.name,
      "addresses.transferFrom[0]": "127.0.0.1",
      "addresses.notify[0].address": "127.0.0.1",
      "addresses.notify[0].port": String(dnsPort),
    },
  });
  return { control, stack, zone, dnsPort, failures };
}

const text = z.string();
const outputs = z.object({ primaryConfig: z.object({ bind: text, knot: text, nsd: text, powerdns: text }) });

async function configOf(stack: Stack): Promise<PrimaryConfig> {
  return outputs.parse(await stack.outputs()).primaryConfig;
}

async function keysOf(control: Control) {
  return Object.entries((await control.state()).tsigs).map(([id, { name, secret }]) => ({
    id,
    name,
    secret,
  }));
}

async function keyOfPeer(control: Control): Promise<string | undefined> {
  const { peers, tsigs } = await control.state();
  const [peer] = Object.values(peers);
  return peer && tsigs[peer.tsig_id]?.name;
}

/** Changes the zone every second, and looks how long the secondary has another serial than the primary had. */
class Watch {
  #isOn = false;
  #done: Promise<unknown> = Promise.resolve();
  #longest = 0;

  constructor(
    private readonly primary: ConfiguredPrimary,
    private readonly dnsPort: number,
    private readonly zone: string,
  ) {}

  start(): void {
    this.#isOn = true;
    this.#done = Promise.all([this.#change(), this.#look()]);
  }

  /** Until the secondary serves a newer zone than the primary does now. */
  async catchesUp(): Promise<void> {
    const current = await soaSerial(this.primary.port, this.zone);
    await until("the secondary serves a newer zone", async () => {
      const serial = await soaSerial(this.dnsPort, this.zone);
      return serial !== undefined && current !== undefined && serial > current;
    });
  }

  /** The longest time in seconds for which a serial of the primary's was not reached. */
  async end(): Promise<number> {
    this.#isOn = false;
    await this.#done;
    return Math.round(this.#longest / 1000);
  }

  async #change(): Promise<void> {
    for (let serial = 1_000; this.#isOn; serial += 1) {
      await this.primary.publish(serial);
      await wait(1_000);
    }
  }

  async #look(): Promise<void> {
    let awaited: { readonly serial: number; readonly since: number } | undefined;
    while (this.#isOn) {
      const [ours, theirs] = await Promise.all([
        soaSerial(this.dnsPort, this.zone),
        soaSerial(this.primary.port, this.zone),
      ]);
      if (awaited && ours !== undefined && ours >= awaited.serial) awaited = undefined;
      if (awaited) this.#longest = Math.max(this.#longest, Date.now() - awaited.since);
      if (awaited === undefined && theirs !== undefined && ours !== theirs) {
        awaited = { serial: theirs, since: Date.now() };
      }
      await wait(200);
    }
  }
}
