import { randomBytes } from "node:crypto";
import { transferPeer } from "../../provider/runtime";
import { type Simulator, startSimulator } from "../../simulator";
import type { TransferKey } from "../support/dns-tools";
import { Managed, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";
import { PRIMARIES, type Primary, type PrimaryKind, startPrimary } from "../support/primaries";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";
import { describeEach } from "../support/with-each";

const ZONE = "zone-0000.example";
const keyCalled = (name: string): TransferKey => ({
  name: `${name}.${ZONE}`,
  algorithm: "hmac-sha512",
  secret: randomBytes(64).toString("base64"),
});
const KNOWN = keyCalled("known");
const UNKNOWN = keyCalled("unknown");
const WRONG = { ...KNOWN, secret: UNKNOWN.secret };

describeEach(PRIMARIES, ({ name }) => `a peer of ${name}`, testsWith);

function testsWith(kind: PrimaryKind): void {
  let simulator: Simulator;
  let transfers: Transfers;
  let primary: Primary;
  let lines: string[];

  beforeAll(async () => {
    simulator = await startSimulator({ zones: 1 });
    transfers = new Transfers(new SimulatorClient(simulator));
    primary = await startPrimary(kind, { zone: ZONE, key: KNOWN, notifyPort: transfers.dnsPort });
  }, 40_000);
  afterAll(async () => {
    await primary?.stop();
    await simulator?.close();
  }, 20_000);
  beforeEach(() => {
    lines = [];
    jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  });
  afterEach(() => jest.restoreAllMocks());

  /** A peer with the first key, and what comes of giving it the second. */
  async function switchKeys(from: TransferKey, to: TransferKey, port = primary.port): Promise<Managed> {
    const { accountId } = simulator;
    const peer = new Managed(transferPeer, simulatorConfig(simulator));
    const program = { accountId, name: "ns0", ip: "127.0.0.1", port, probeZone: ZONE };
    await peer.up({ ...program, tsigId: await transfers.makeTsig(from) });
    await peer.up({ ...program, tsigId: await transfers.makeTsig(to) });
    return peer;
  }

  test("goes on with a key that the primary takes, without a word", async () => {
    await switchKeys(UNKNOWN, KNOWN);
    expect(lines).toEqual([]);
  });

  test("stays with its key when the primary does not know the new one", async () => {
    const message = await messageOf(switchKeys(KNOWN, UNKNOWN));
    expect(message).toContain(
      `Peer "ns0" stays with the TSIG it has: with "${UNKNOWN.name}." its transfers would fail.`,
    );
    expect(message).toContain(`pdnsutil import-tsig-key ${UNKNOWN.name} hmac-sha512`);
    expect(message).not.toContain(UNKNOWN.secret);
  });

  test("stays with its key when the primary has another secret for the new one", async () => {
    expect(await messageOf(switchKeys(KNOWN, WRONG))).toContain("stays with the TSIG it has");
  });

  test("goes on, and says so, where the primary takes the present key no more than the new one from here", async () => {
    await switchKeys(UNKNOWN, { ...UNKNOWN, name: `third.${ZONE}` });
    expect(lines.join()).toContain(
      `Peer "ns0" moves to TSIG "third.${ZONE}.", which could not be tried from here.`,
    );
  });

  test("goes on, and says so, where the primary cannot be reached from here", async () => {
    await switchKeys(KNOWN, UNKNOWN, 9);
    expect(lines.join()).toContain("which could not be tried from here. The primary ns0 (127.0.0.1 port 9)");
  });
}
