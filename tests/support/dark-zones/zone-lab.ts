import { randomBytes } from "node:crypto";
import { appendFileSync } from "node:fs";
import { type Simulator, type State, startSimulator, type Zone } from "../../../simulator";
import { type Control, controlOf } from "../control";
import { until } from "../dns-processes";
import type { TransferKey } from "../dns-tools";
import { createStack, credentials, type Stack } from "../stack";
import type { Endpoint, HandWritten, Wish } from "./hand-written";
import { type LabPrimary, startLabPrimary } from "./lab-primary";
import { faultsServed } from "./served";

type Json = Readonly<Record<string, unknown>>;

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A stack on the engine, a simulator for it, and primaries that run: what each step does to the zone is looked at. */
export async function startLab(
  kind: HandWritten,
  env: Readonly<Record<string, string>> = {},
): Promise<ZoneLab> {
  const control = controlOf(await startWholeSimulator());
  open.push(() => control.simulator.close());
  const { simulator } = control;
  const stack = await createStack({ files: { "index.js": "" }, env: { ...credentials(simulator), ...env } });
  return new ZoneLab(kind, control, stack);
}

/**
 * On port 53 of a loopback address, where this user may listen there: then the servers of the parent and of Cloudflare
 * can be asked too, and not the resolver alone.
 */
async function startWholeSimulator(): Promise<Simulator> {
  const [second, third, fourth] = randomBytes(3);
  const dnsAddress = `127.${second}.${third}.${fourth}`;
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
    const whole = { zone: this.zone.name, keys: [this.key], notify: this.dns, signing, ...wish };
    const primary = await startLabPrimary(this.kind, whole);
    open.push(() => primary.stop());
    return primary;
  }

  /** What the program says of the zone from now on, besides its names and its key. */
  async say(args: Json, name = "zone"): Promise<void> {
    const { name: keyName, secret } = this.key;
    const usual = {
      accountId: this.accountId,
      zoneId: this.zone.id,
      zoneName: this.zone.name,
      tsig: { name: `${keyName}.`, secret },
      waitForTransfer: 30,
      cloudflareAddresses: {
        transferFrom: ["127.0.0.1"],
        notify: [this.dns],
      },
    };
    await this.sayAll(
      `const zone = new SecondaryZone("${name}", ${JSON.stringify({ ...usual, ...args })});
exports.ds = zone.ds;
exports.primaryConfig = zone.primaryConfig;`,
    );
  }

  async sayAll(program: string): Promise<void> {
    const head = `const { IncomingTransfer, SecondaryZone, TransferPeer, Tsig, ZoneDnssec } = require("pulumi-secondary-dns");`;
    await this.stack.write({ "index.js": `${head}\n${program}\n` });
  }

  /** A run that has to end well, with the zone served; gives what it printed. */
  async runs(...args: string[]): Promise<string> {
    const { output } = await this.stack.succeed(...flagged(args));
    note(args, output);
    await this.expectServed();
    return output;
  }

  /** A run that has to end with an error before anything that stood there has changed; gives its diagnostics. */
  async refuses(...args: string[]): Promise<string> {
    const before = standing(await this.control.state());
    const { code, output } = await this.stack.pulumi(...flagged(args));
    note(args, output);
    if (code === 0) throw new Error(`${args.join(" ")} ended well, and should have been refused:\n${output}`);
    // A key or peer that nothing uses yet may have been made.
    expect(standing(await this.control.state())).toMatchObject(before);
    return diagnosticsOf(output);
  }

  /** A run that ends with an error, and with the zone served all the same; gives its diagnostics. */
  async fails(...args: string[]): Promise<string> {
    const { code, output } = await this.stack.pulumi(...flagged(args));
    note(args, output);
    if (code === 0) throw new Error(`${args.join(" ")} ended well, and should have failed:\n${output}`);
    await this.expectServed();
    return diagnosticsOf(output);
  }

  /** A run that is to do it all the same, once. */
  async forces(...args: string[]): Promise<string> {
    const { code, output } = await this.stack.pulumiWith(
      { SECONDARY_DNS_FORCE: this.zone.name },
      ...flagged(args),
    );
    if (code !== 0) throw new Error(`${args.join(" ")}, forced, ended with ${code}:\n${output}`);
    return output;
  }

  note(args: readonly string[], output: string) {
    note(args, output);
  }

  async outputs(): Promise<Json> {
    return this.stack.outputs();
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

  /** The zone answers, and validates where it has a DS; `ds` is for one that is about to be published. */
  async expectServed(ds?: readonly string[]): Promise<void> {
    const { parent } = await this.zoneState();
    const faults = await faultsServed({ server: this.dns, zone: this.zone.name, ds: ds ?? parent.ds });
    expect(faults).toEqual([]);
  }

  /** A zone that somebody set up by hand: transferred from there with this key, not signed. */
  async setUpByHand(port: number, { name, algorithm, secret }: TransferKey): Promise<void> {
    const { accountId, zone } = this;
    const [tsig, peer] = ["1".repeat(32), "2".repeat(32)];
    const now = new Date().toISOString();
    const times = { created_time: now, modified_time: now };
    await this.control.patch({
      tsigs: { [tsig]: { accountId, name: `${name}.`, algo: `${algorithm}.`, secret } },
      peers: { [peer]: { accountId, name: "by hand", ip: "127.0.0.1", port, tsig_id: tsig } },
      zones: { [zone.id]: { incoming: { name: zone.name, peers: [peer], ...times } } },
    });
    await this.force();
  }

  /** As the button in the dashboard does; the transfer has ended then. */
  async force(): Promise<void> {
    const { cloudflare, cloudflareToken } = this.control.simulator;
    const { succeeded, failed } = (await this.zoneState()).transfer;
    await fetch(`${cloudflare}/zones/${this.zone.id}/secondary_dns/force_axfr`, {
      method: "POST",
      headers: { authorization: `Bearer ${cloudflareToken}` },
    });
    await until("a transfer has ended", async () => {
      const { transfer } = await this.zoneState();
      return transfer.succeeded + transfer.failed > succeeded + failed;
    });
  }
}

export function keyCalled(name: string): TransferKey {
  return { name, algorithm: "hmac-sha512", secret: randomBytes(64).toString("base64") };
}

/** `up` and `destroy` ask nobody. */
function flagged([command = "", ...rest]: readonly string[]): string[] {
  return command === "up" || command === "destroy"
    ? [command, "--yes", "--skip-preview", ...rest]
    : [command, ...rest];
}

/** What decides how zones are served. */
function standing({ tsigs, peers, zones }: State) {
  return {
    tsigs,
    peers,
    zones: Object.fromEntries(
      Object.entries(zones).map(([id, { dnssec, incoming }]) => [id, { dnssec, incoming }]),
    ),
  };
}

/** What the operator reads at the end. */
function diagnosticsOf(output: string): string {
  const [, after = output] = output.split("\nDiagnostics:\n");
  return after.split("\nResources:\n")[0] ?? "";
}

export function note(args: readonly string[], output: string) {
  if (process.env.TRANSCRIPT)
    appendFileSync(
      process.env.TRANSCRIPT,
      `\n##### ${expect.getState().currentTestName} ${args.join(" ")}\n${output}`,
    );
}
