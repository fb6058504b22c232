import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type State, startSimulator } from "../../../simulator";
import { call, standInPulumi } from "../command-line";
import { run, until } from "../dns-processes";
import { soaSerial } from "../dns-tools";
import { type DnsvizReport, dnsviz } from "../dnsviz";
import { KEY } from "../doctor-chain";
import { SimulatorClient } from "../simulator-client";
import { Transfers } from "../simulator-transfers";
import { credentials } from "../stack";
import type { Child, ChildKind, RollingChild } from "./child";
import { type DsText, wantedDs } from "./ds";
import { type Lab, startLab } from "./lab";
import { untilKeysAre, untilOtherDsWanted } from "./roll";
import { childText, NAME_SERVERS, SOA_EXPIRE, TTL } from "./zone-texts";

const ZONE = "zone-0000.example";
/** Above what signing in the server has counted up to. */
const LATER_SERIAL = 2_000;

/** What the doctor says: the codes of what it finds, each with its verdict. */
export type DoctorSays = readonly `${"fault" | "warning"} ${string}`[];

/** A chain in the lab that is served, delegated and has its DS, for the doctor and for dnsviz to look at. */
export class LookedAt {
  private constructor(
    readonly lab: Lab,
    readonly child: RollingChild,
    readonly client: SimulatorClient,
    readonly transfers: Transfers,
    /** Of the primary's key. */
    readonly ds: readonly DsText[],
    private readonly env: Readonly<Record<string, string>>,
    private readonly healthy: State,
  ) {}

  static async start(kind: ChildKind<RollingChild>): Promise<LookedAt> {
    // A DS that lives for long stays in the resolver until it is made to forget.
    const lab = await startLab({ zone: ZONE, dsTtl: 600 });
    try {
      const simulator = await startSimulator({
        zones: 1,
        dnsAddress: lab.secondary.address,
        dnsPort: 53,
        parents: false,
      });
      lab.keep({ stop: simulator.close });
      const wish = { signing: "nsec3", algorithm: "ecdsap256sha256", keys: [KEY], dsTtl: TTL } as const;
      const child = lab.keep(await kind.start({ ...lab, ...wish }));
      const ds = await untilSigned(child);
      const client = new SimulatorClient(simulator);
      const transfers = new Transfers(client);
      await transfers.link(child.port, KEY);
      await transfers.force();
      await transfers.servePresigned();
      await client.patchDomain({ name: ZONE });
      await client.patchZone({ parent: { ds } });
      await lab.parent.setDs(ds);
      const env = {
        ...credentials(simulator),
        SECONDARY_DNS_RESOLVER: lab.resolvers.remembering.address,
        ...standInPulumi({ refusal: "no stack selected; x" }),
      };
      return new LookedAt(lab, child, client, transfers, ds, env, await stateOf(client));
    } catch (error) {
      await lab.stop();
      throw error;
    }
  }

  patchPeer(peer: object): Promise<void> {
    return this.client.patch({ peers: { [this.transfers.peer]: peer } });
  }

  /** The TSIG at Cloudflare. */
  patchKey(key: object): Promise<void> {
    const [id = ""] = Object.keys(this.healthy.tsigs);
    return this.client.patch({ tsigs: { [id]: key } });
  }

  /** Waits until the primary has another serial by what is done there. */
  async serialAfter(act: () => Promise<unknown>): Promise<void> {
    const { port, log } = this.child;
    const before = await soaSerial(port, ZONE);
    await act();
    const isOther = async () => ![before, undefined].includes(await soaSerial(port, ZONE));
    await until("the primary has another serial", isOther, log);
  }

  /** Waits for the end of the transfer that something brings about. */
  async transferAfter(act: () => Promise<unknown>): Promise<void> {
    await this.transfers.outcomeOf(act);
  }

  /** The zone with a later serial, signed once and for all between these times, each record on a line. */
  async signed(from: string, to: string, { iterations = 0, expire = SOA_EXPIRE } = {}): Promise<string> {
    const { folder } = this.child;
    const [plain, signed] = [join(folder, "plain.zone"), join(folder, "signed.zone")];
    const text = childText(ZONE, LATER_SERIAL, NAME_SERVERS);
    writeFileSync(plain, text.replace(` ${SOA_EXPIRE} `, ` ${expire} `));
    // -P: that the signatures have ended already may be wanted.
    const how = ["-S", "-P", "-K", folder, "-3", "-", "-H", `${iterations}`, "-O", "full", "-o", ZONE];
    await run("dnssec-signzone", [...how, "-s", from, "-e", to, "-f", signed, plain], folder);
    return readFileSync(signed, "utf8");
  }

  /** Has the primary serve such a zone as it is. */
  async serve(signed: string): Promise<void> {
    const { folder, configure } = this.child;
    writeFileSync(join(folder, `${ZONE}.zone`), signed);
    await this.transferAfter(() => configure({ signing: "none" }));
  }

  /** Has the key-signing key replaced by an operator who says that the new DS is published, and it is not. */
  async rollKeyAlone(): Promise<void> {
    const [old = ""] = this.ds;
    await this.child.rollKsk(old);
    const wanted = await untilOtherDsWanted(this.lab, this.child.log);
    await this.child.tellOfDs(wanted, [old]);
    await untilKeysAre(
      this.lab,
      (keys) => keys.filter(({ isKsk }) => isKsk).length === 1,
      () => this.child.log().slice(-2_000),
    );
  }

  /** What is at Cloudflare, HostUp and the parent is as it was at first. */
  async restore(): Promise<void> {
    const { zones, peers, tsigs, domains } = this.healthy;
    await this.client.patch({ zones, peers, tsigs, domains });
    await this.atParent(async (parent) => {
      await parent.delegate(NAME_SERVERS);
      await parent.setDs(this.ds);
    });
  }

  /** Changes something at the parent, and makes the doctor's resolver forget what was there. */
  async atParent(change: (parent: Lab["parent"]) => Promise<void>): Promise<void> {
    await change(this.lab.parent);
    await this.lab.resolvers.remembering.flush(ZONE);
  }

  async doctor(): Promise<DoctorSays> {
    const { stdout, stderr } = await call(["doctor", ZONE, "--json"], { env: this.env });
    if (stdout === "") throw new Error(stderr);
    const { findings }: { findings: { code: string; verdict: "ok" | "warning" | "fault" }[] } =
      JSON.parse(stdout);
    return [
      ...new Set(
        findings.flatMap(({ code, verdict }) => (verdict === "ok" ? [] : [`${verdict} ${code}` as const])),
      ),
    ];
  }

  dnsviz(): Promise<DnsvizReport> {
    return dnsviz(ZONE, this.lab.parent.address);
  }
}

function untilSigned(child: Child): Promise<readonly DsText[]> {
  return until(
    "the primary has signed its zone",
    async () => {
      const wanted = await wantedDs({ address: "127.0.0.1", port: child.port }, ZONE);
      return wanted !== undefined && wanted.length > 0 && wanted;
    },
    child.log,
  );
}

async function stateOf(client: SimulatorClient): Promise<State> {
  return (await client.control("GET", "/state")).body as State;
}
