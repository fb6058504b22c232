import { incomingTransfer } from "../../provider/runtime";
import { type Simulator, startSimulator } from "../../simulator";
import { signingKey } from "../../simulator/dns/signing-key";
import { type PrimaryServer, startPrimaryServer } from "../support/guard-model/primary-server";
import { signedZone } from "../support/guard-model/signed-zone";
import { Managed, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";
import "../support/one-realm";

const ZONE = "zone-0000.example";
const now = Math.floor(Date.now() / 1_000);
const validity = { inception: now - 3_600, expiration: now + 14 * 86_400 };
const keys = { ksks: [signingKey("a", "ksk")], zsks: [signingKey("b", "zsk")] } as const;

interface Numbered extends PrimaryServer {
  serial: number;
}

async function startNumbered(): Promise<Numbered> {
  const zone = () =>
    signedZone(
      { zone: ZONE, serial: numbered.serial },
      { keys, denial: "nsec", keyTtl: 300, cds: "none" },
      validity,
    );
  const server = await startPrimaryServer({
    outside: () => undefined,
    viewOf: () => ({ zone: zone() }),
    wholeZone: zone,
    keys: () => [],
    notify: () => 0,
    now: () => now,
  });
  const numbered: Numbered = Object.assign(server, { serial: 7 });
  return numbered;
}

describe("primaries of which Cloudflare has taken one's zone", () => {
  let simulator: Simulator;
  let transfers: Transfers;
  let incoming: Managed;
  /** In the order in which Cloudflare asks them. */
  let first: Numbered;
  let second: Numbered;
  let inputs: {
    readonly zoneId: string | undefined;
    readonly name: string;
    readonly waitForTransfer: number;
  };
  let peers: readonly string[];
  beforeEach(async () => {
    jest.spyOn(console, "log").mockImplementation(() => {});
    simulator = await startSimulator({ zones: 1 });
    transfers = new Transfers(new SimulatorClient(simulator));
    const made = [];
    for (const name of ["ns0", "ns1"]) {
      const primary = await startNumbered();
      made.push({ primary, id: await transfers.makePeer(primary.port, undefined, name) });
    }
    made.sort((a, b) => (a.id < b.id ? -1 : 1));
    const [one, other] = made.map(({ primary }) => primary);
    if (one === undefined || other === undefined) throw new Error("two were made");
    [first, second] = [one, other];
    peers = made.map(({ id }) => id);
    incoming = new Managed(incomingTransfer, simulatorConfig(simulator));
    inputs = { zoneId: simulator.zones[0]?.id, name: ZONE, waitForTransfer: 2 };
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all([first, second].map((each) => each.stop()));
    await simulator.close();
  });

  test("are told to have different serials where another's is later, and no firewall is blamed", async () => {
    second.serial = 9;
    const message = await messageOf(incoming.up({ ...inputs, peers }));
    expect(message).toContain(`The primaries of ${ZONE} have different serials`);
    expect(message).toContain(`(127.0.0.1 port ${first.port}): serial 7`);
    expect(message).toContain(`(127.0.0.1 port ${second.port}): serial 9`);
    expect(message).not.toContain("addresses out");
  });

  test("are not blamed for one that is down", async () => {
    await incoming.up({ ...inputs, peers: peers.slice(0, 1) });
    second.isReachable = false;
    const message = await messageOf(incoming.up({ ...inputs, peers }));
    expect(message).toContain(`port ${second.port}) cannot be queried`);
    expect(message).not.toContain("addresses out");
  });
});
