import { randomBytes } from "node:crypto";
import { type SimulatorOptions, type State, startSimulator, type Zone } from "../../simulator";
import { TYPE } from "../../simulator/dns/codes";
import { dsOf } from "../../simulator/dns/ds";
import { parseName } from "../../simulator/dns/name";
import { call, type Said, standInPulumi } from "./command-line";
import { ask } from "./dns-client";
import { keyOfState, stateOf } from "./saved-state";
import { SimulatorClient } from "./simulator-client";
import { Transfers } from "./simulator-transfers";
import { credentials } from "./stack";

export const KEY = {
  name: "cf.example",
  algorithm: "hmac-sha512",
  secret: randomBytes(64).toString("base64"),
};
const KEY_FIELDS = { algorithm: KEY.algorithm, secret: KEY.secret };

/** Where this user may not, what takes such a chain is skipped, and says so. */
export const MAY_LISTEN_ON_53 = process.getuid?.() === 0;
if (!MAY_LISTEN_ON_53)
  console.warn("The doctor's chain is skipped: it listens on port 53, which takes root.");

export interface Diagnosis extends Said {
  /** The codes of the findings that are not ok, each once, in their order. */
  readonly codes: readonly string[];
  readonly verdict: string;
}

/** A whole chain in a simulator, signed primary, Cloudflare, parent and all, and a doctor to call. */
export class DoctorChain {
  readonly transfers: Transfers;

  constructor(
    readonly client: SimulatorClient,
    private readonly close: () => Promise<void>,
  ) {
    this.transfers = new Transfers(client);
  }

  /** Port 53 of a loopback address, so that Cloudflare's name servers and the parent's can be asked. */
  static async start(options: SimulatorOptions = {}): Promise<DoctorChain> {
    const [second, third, fourth] = randomBytes(3);
    const dnsAddress = `127.${second}.${third}.${fourth}`;
    const simulator = await startSimulator({ zones: 1, primary: true, dnsAddress, dnsPort: 53, ...options });
    const chain = new DoctorChain(new SimulatorClient(simulator), simulator.close);
    await chain.setUp();
    return chain;
  }

  async end(): Promise<void> {
    await this.close();
  }

  /** The same, with a primary of another's: the simulator has none then. */
  static async startAround(
    startPrimary: (zoneName: string, notify: { address: string; port: number }) => Promise<number>,
  ): Promise<DoctorChain> {
    const [second, third, fourth] = randomBytes(3);
    const address = `127.${second}.${third}.${fourth}`;
    const simulator = await startSimulator({ zones: 1, dnsAddress: address, dnsPort: 53 });
    const chain = new DoctorChain(new SimulatorClient(simulator), simulator.close);
    await chain.serveFrom(await startPrimary(chain.zoneName, { address, port: 53 }));
    return chain;
  }

  get zoneName(): string {
    return this.client.simulator.zones[0]?.name ?? "";
  }

  private get primaryPort(): number {
    return Number(this.client.simulator.primary?.split(":")[1]);
  }

  private async setUp(): Promise<void> {
    await this.atPrimary({ serial: 11, transferKeys: [KEY.name] }, { [KEY.name]: KEY_FIELDS });
    await this.serveFrom(this.primaryPort);
  }

  private async serveFrom(port: number): Promise<void> {
    await this.transfers.link(port, KEY);
    await this.transfers.force();
    await this.transfers.servePresigned();
    await this.client.patchZone({ parent: { ds: [await this.ownDs(port)] } });
  }

  /** The DS of the primary's key-signing key. */
  async ownDs(port = this.primaryPort): Promise<string> {
    const { answers } = await ask(port, this.zoneName, TYPE.DNSKEY, { transport: "tcp" });
    const ksk = answers.find(({ rdata }) => rdata.readUInt16BE(0) === 257);
    if (ksk === undefined) throw new Error("the primary has no key-signing key");
    return dsOf(parseName(this.zoneName), ksk.rdata);
  }

  /** Changes the zone at the primary, and waits for the transfer that its NOTIFY brings about. */
  async changeAtPrimary(zone: object): Promise<Zone["transfer"]> {
    return this.transfers.outcomeOf(() => this.atPrimary(zone));
  }

  async atPrimary(zone: object | null, keys: object = {}): Promise<void> {
    const { status, body } = await this.client.control("PATCH", "/primary", {
      keys,
      zones: { [this.zoneName]: zone },
    });
    if (status !== 200) throw new Error(JSON.stringify(body));
  }

  async changeKey(key: object | null): Promise<void> {
    const transferKeys = key === null ? [] : [KEY.name];
    await this.atPrimary({ transferKeys }, { [KEY.name]: key });
  }

  patchPeer(peer: object): Promise<void> {
    return this.client.patch({ peers: { [this.transfers.peer]: peer } });
  }

  async state(): Promise<State> {
    return (await this.client.control("GET", "/state")).body as State;
  }

  /** What the doctor finds, called as a person does in the folder of a program. */
  async diagnose(...args: readonly string[]): Promise<Diagnosis> {
    const { zoneId, simulator } = this.client;
    const state = stateOf({
      name: this.zoneName,
      zoneId,
      accountId: simulator.accountId,
      own: [keyOfState(KEY.name, KEY.secret)],
      domainName: simulator.domains[0]?.name ?? "",
    });
    const env = { ...credentials({ ...simulator, close: this.close }), ...standInPulumi({ state }) };
    const said = await call(["doctor", this.zoneName, "--json", ...args], { env });
    const report: { verdict: string; findings: { code: string; verdict: string; next: string[] }[] } =
      JSON.parse(said.stdout || '{"findings":[]}');
    const told = report.findings.filter(({ verdict }) => verdict !== "ok");
    for (const { code, next } of told) {
      if (next.length === 0) throw new Error(`${code} does not say what to do`);
    }
    if (said.stdout.includes(KEY.secret)) throw new Error("the secret is in the report");
    return { ...said, codes: [...new Set(told.map(({ code }) => code))], verdict: report.verdict };
  }

  /** The same in words. */
  async tell(): Promise<Said> {
    const { simulator } = this.client;
    const env = {
      ...credentials({ ...simulator, close: this.close }),
      ...standInPulumi({ refusal: "no stack selected; x" }),
    };
    return call(["doctor", this.zoneName], { env });
  }
}
