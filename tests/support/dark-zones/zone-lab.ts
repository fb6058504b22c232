import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Simulator, type State, startSimulator, type Zone } from "../../../simulator";
import { type Control, controlOf } from "../control";
import { until } from "../dns-processes";
import type { TransferKey } from "../dns-tools";
import { createStack, credentials, type Ran, type Stack } from "../stack";
import type { Endpoint, HandWritten, Wish } from "./hand-written";
import { type LabPrimary, startLabPrimary } from "./lab-primary";
import { faultsServed } from "./served";
import { diagnosticsOf, flagged, note } from "./transcript";

// A row of steps on the engine takes minutes where the machine is busy.
jest.setTimeout(900_000);

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A stack on the engine, a simulator for it, and primaries that run: what each step does to the zone is looked at. */
export async function startLab(kind: HandWritten): Promise<ZoneLab> {
  const control = controlOf(await startWholeSimulator());
  open.push(() => control.simulator.close());
  const stack = await createStack({ files: { "index.js": "" }, env: credentials(control.simulator) });
  return new ZoneLab(kind, control, stack);
}

/**
 * On port 53 of a loopback address, where this user may listen there: then the servers of the parent and of Cloudflare
 * can be asked too, and not the resolver alone.
 */
async function startWholeSimulator(): Promise<Simulator> {
  const dnsAddress = `127.${[...randomBytes(3)].map((octet) => 1 + (octet % 254)).join(".")}`;
  return startSimulator({ dnsAddress, dnsPort: 53 }).catch(() => startSimulator());
}

export class ZoneLab {
  /** Ours; the program and the primary both have it. */
  readonly key: TransferKey;
  readonly zone: { readonly id: string; readonly name: string };
  readonly accountId: string;
  /** Where the simulator answers DNS. */
  readonly dns: Endpoint;

  constructor(
    private readonly kind: HandWritten,
    readonly control: Control,
    readonly stack: Stack,
  ) {
    const { zones, accountId, dns } = control.simulator;
    const [zone] = zones;
    if (zone === undefined) throw new Error("the simulator has no zone");
    this.zone = zone;
    this.accountId = accountId;
    const [address = "", port] = dns.split(":");
    this.dns = { address, port: Number(port) };
    this.key = keyCalled(`cf.${zone.name}`);
  }

  async primary(
    signing: Wish["signing"],
    wish: Partial<Wish> & { readonly text?: string } = {},
  ): Promise<LabPrimary> {
    const usual = { zone: this.zone.name, keys: [this.key], notify: this.dns, signing };
    const primary = await startLabPrimary(this.kind, { ...usual, ...wish });
    open.push(() => primary.stop());
    return primary;
  }

  /** What the program says of the zone from now on, besides its names and its key. */
  async say(args: object, name = "zone"): Promise<void> {
    await this.sayAll(this.zoneText(args, { name }));
  }

  /** The same as text; `tsig` is an expression in place of the usual key. */
  zoneText(
    args: object,
    { name = "zone", tsig }: { readonly name?: string; readonly tsig?: string } = {},
  ): string {
    const { accountId, zone, key, dns } = this;
    const whole = {
      accountId,
      zoneId: zone.id,
      zoneName: zone.name,
      tsig: { name: `${key.name}.`, secret: key.secret },
      waitForTransfer: 30,
      cloudflareAddresses: { transferFrom: ["127.0.0.1"], notify: [dns] },
      ...args,
    };
    const ownTsig = tsig === undefined ? "" : `, tsig: ${tsig}`;
    return `const zone = new SecondaryZone("${name}", { ...${JSON.stringify(whole)}${ownTsig} });
exports.ds = zone.ds.apply((ds) => ds ?? "");
exports.primaryConfig = zone.primaryConfig;
`;
  }

  async sayAll(program: string): Promise<void> {
    const head = `const { SecondaryZone, Tsig } = require("pulumi-secondary-dns");\n`;
    await this.stack.write({ "index.js": head + program });
  }

  /** A run that has to end well, with the zone served; gives what it printed. */
  async runs(...args: string[]): Promise<string> {
    const { code, output } = await this.ends(...args);
    if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${output}`);
    await this.expectServed();
    return output;
  }

  /** A run that has to end with an error before anything that stood there has changed, with the zone served; gives its diagnostics. */
  async refuses(...args: string[]): Promise<string> {
    const diagnostics = await this.changesNothing(...args);
    await this.expectServed();
    return diagnostics;
  }

  /** The same for a zone that is not served to begin with. */
  async changesNothing(...args: string[]): Promise<string> {
    const before = standing(await this.control.state());
    const diagnostics = await this.failure(...args);
    const after = standing(await this.control.state());
    expect(after.zones).toEqual(before.zones);
    // A key or peer that nothing uses yet may have been made.
    expect(after).toMatchObject(before);
    return diagnostics;
  }

  /** A run that has to end with an error, and with the zone served all the same; gives its diagnostics. */
  async fails(...args: string[]): Promise<string> {
    const diagnostics = await this.failure(...args);
    await this.expectServed();
    return diagnostics;
  }

  private async failure(...args: string[]): Promise<string> {
    const { code, output } = await this.ends(...args);
    if (code === 0) throw new Error(`${args.join(" ")} ended well, and should have failed:\n${output}`);
    return diagnosticsOf(output);
  }

  /** A run that is to do it all the same, once; gives what it printed, however it ends. */
  async forces(...args: string[]): Promise<string> {
    const { output } = await this.stack.pulumiWith({ SECONDARY_DNS_FORCE: this.zone.name }, ...flagged(args));
    note(args, output);
    return output;
  }

  async ends(...args: string[]): Promise<Ran> {
    const ran = await this.stack.pulumi(...flagged(args));
    note(args, ran.output);
    return ran;
  }

  /** The DS that the program gives for the registrar, as rdata. */
  async ds(): Promise<string[]> {
    const { ds } = z.object({ ds: z.string() }).parse(await this.stack.outputs());
    return ds.split("\n").map((line) => line.split(" IN DS ")[1] ?? "");
  }

  async zoneState(): Promise<Zone> {
    const found = (await this.control.state()).zones[this.zone.id];
    if (found === undefined) throw new Error("the zone is gone");
    return found;
  }

  /** What the registrar has at the parent from now on, with its TTL in seconds; no resolver has heard of it yet. */
  async publishDs(ds: readonly string[], ttl = 3_600): Promise<void> {
    await this.control.patch({ zones: { [this.zone.id]: { parent: { ds, ttl } } } });
    await fetch(`${this.control.simulator.control}/resolver-cache`, { method: "DELETE" });
  }

  /** The zone answers, and validates where it has a DS. */
  async expectServed(): Promise<void> {
    const { ds } = (await this.zoneState()).parent;
    expect(await faultsServed({ server: this.dns, zone: this.zone.name, ds })).toEqual([]);
  }

  /** A zone that somebody set up by hand: transferred from this port with this key. */
  async setUpByHand(port: number, { name, algorithm, secret }: TransferKey): Promise<void> {
    const { accountId, zone } = this;
    const [tsig, peer] = ["1".repeat(32), "2".repeat(32)];
    const now = new Date().toISOString();
    const incoming = { name: zone.name, peers: [peer], created_time: now, modified_time: now };
    await this.control.patch({
      tsigs: { [tsig]: { accountId, name: `${name}.`, algo: `${algorithm}.`, secret } },
      peers: { [peer]: { accountId, name: "by hand", ip: "127.0.0.1", port, tsig_id: tsig } },
      zones: { [zone.id]: { incoming, transfer: { refreshAt: now } } },
    });
    await until("the zone is transferred", async () => (await this.zoneState()).transfer.succeeded > 0);
  }
}

export function keyCalled(name: string): TransferKey {
  return { name, algorithm: "hmac-sha512", secret: randomBytes(64).toString("base64") };
}

/** What decides how zones are served. */
function standing({ tsigs, peers, zones }: State) {
  const settings = Object.entries(zones).map(([id, { dnssec, incoming }]) => [id, { dnssec, incoming }]);
  return { tsigs, peers, zones: Object.fromEntries(settings) };
}
