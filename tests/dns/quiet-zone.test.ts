import { randomBytes } from "node:crypto";
import { incomingTransfer } from "../../provider/runtime";
import { type Simulator, startSimulator } from "../../simulator";
import type { TransferKey } from "../support/dns-tools";
import { type Bag, Managed, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";
import { missingFor, PRIMARIES, type Primary, startPrimary } from "../support/primaries";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const ZONE = "zone-0000.example";
const keyCalled = (name: string): TransferKey => ({
  name: `${name}.${ZONE}`,
  algorithm: "hmac-sha512",
  secret: randomBytes(64).toString("base64"),
});
const KNOWN = keyCalled("known");
const UNKNOWN = keyCalled("unknown");

const [kind] = PRIMARIES.filter((one) => missingFor(one).length === 0);
const suite = kind === undefined ? describe.skip : describe;

suite("a zone whose serial does not change, transferred with another key", () => {
  let simulator: Simulator;
  let transfers: Transfers;
  let primary: Primary;
  let resource: Managed;
  let program: Bag;
  let lines: string[];

  beforeAll(async () => {
    if (kind === undefined) return;
    simulator = await startSimulator({ zones: 1 });
    transfers = new Transfers(new SimulatorClient(simulator));
    primary = await startPrimary(kind, { zone: ZONE, key: KNOWN, notifyPort: 9 });
  }, 40_000);
  afterAll(async () => {
    await primary?.stop();
    await simulator?.close();
  }, 20_000);

  beforeEach(async () => {
    lines = [];
    jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
    const peer = await transfers.makePeer(primary.port, KNOWN);
    transfers.peer = peer;
    resource = new Managed(incomingTransfer, simulatorConfig(simulator));
    const [zone] = simulator.zones;
    program = { zoneId: zone?.id, name: ZONE, peers: [peer], waitForTransfer: 2, triggers: ["known"] };
    await resource.up(program);
    lines.length = 0;
  }, 20_000);
  afterEach(async () => {
    jest.restoreAllMocks();
    await resource.destroy();
  });

  const switched = () => resource.up({ ...program, triggers: ["other"] });

  test("is seen to work where this machine gets the zone with it too", async () => {
    await transfers.useKey(primary.port, { ...KNOWN, name: KNOWN.name.toUpperCase() });
    expect(await switched()).toBe("updated");
  }, 20_000);

  test("is not taken for transferred because Cloudflare has looked", async () => {
    await transfers.useKey(primary.port, UNKNOWN);
    const message = await messageOf(switched());
    expect((await transfers.zone()).transfer).toMatchObject({ lastError: expect.stringContaining("BADKEY") });
    expect(message).toContain(`Raise the SOA serial of ${ZONE} at its primary`);
    expect(message).toContain(`it does not know the key "${UNKNOWN.name}."`);
    expect(lines.join()).not.toContain("is transferred. Cloudflare's serial is");
  }, 20_000);

  test("is waited for again by the next up, also after a refresh", async () => {
    await transfers.useKey(primary.port, UNKNOWN);
    await messageOf(switched());
    await resource.refresh();
    expect(await resource.preview({ ...program, triggers: ["other"] })).toEqual(["waitForTransfer"]);
    expect(await messageOf(switched())).toContain("Gave up waiting");
    await transfers.useKey(primary.port, KNOWN);
    expect(await switched()).toBe("updated");
    await resource.refresh();
    expect(await resource.preview({ ...program, triggers: ["other"] })).toEqual([]);
  }, 20_000);
});
