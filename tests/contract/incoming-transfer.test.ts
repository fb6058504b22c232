import { incomingTransfer, transferPeer } from "../../provider/runtime";
import { startSimulator } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import { type Bag, Managed, partialOf, simulatorConfig } from "../support/handlers";
import { callsDuring, messageOf } from "../support/outcome";

const PEERS = ["a".repeat(32), "b".repeat(32)];
const FOREIGN = "c".repeat(32);

let control: Control;
let resource: Managed;
let program: Bag;
let zoneId: string;

beforeEach(async () => {
  control = controlOf(await startSimulator());
  const { simulator } = control;
  const [zone] = simulator.zones;
  if (!zone) throw new Error("the simulator has no zone");
  zoneId = zone.id;
  const accountId = simulator.accountId;
  // Nobody listens there: a transfer from it fails at once.
  const peer = { accountId, name: "peer", ip: "127.0.0.1", port: 9 };
  await control.patch({ peers: Object.fromEntries([...PEERS, FOREIGN].map((id) => [id, peer])) });
  resource = new Managed(incomingTransfer, simulatorConfig(simulator));
  program = { zoneId, name: zone.name, peers: [...PEERS].reverse() };
});

afterEach(() => control.simulator.close());

const incoming = async () => (await control.state()).zones[zoneId]?.incoming;

test("an incoming transfer is made, refreshed without a change, updated in place, and deleted", async () => {
  expect(await resource.up(program)).toBe("created");
  expect(await incoming()).toMatchObject({ peers: PEERS, auto_refresh_seconds: 86_400 });
  await resource.refresh();
  expect(await resource.preview(program)).toEqual([]);
  expect(await resource.preview({ ...program, peers: PEERS, name: `${program.name}.` })).toEqual([]);
  expect(await resource.up({ ...program, autoRefreshSeconds: 300 })).toBe("updated");
  expect(await incoming()).toMatchObject({ auto_refresh_seconds: 300 });
  await resource.destroy();
  expect(await incoming()).toBeNull();
});

test.each([
  ["peers", { peers: [PEERS[0]] }],
  ["autoRefreshSeconds", { auto_refresh_seconds: 600 }],
])("a change of %s in a console shows as drift and is put back", async (input, change) => {
  await resource.up(program);
  await control.patch({ zones: { [zoneId]: { incoming: change } } });
  await resource.refresh();
  expect(await resource.preview(program)).toEqual([input]);
  await resource.up(program);
  expect(await incoming()).toMatchObject({ peers: PEERS, auto_refresh_seconds: 86_400 });
});

describe("one that is there already", () => {
  const BY_HAND = { peers: [FOREIGN], auto_refresh_seconds: 3_600 };

  beforeEach(async () => {
    await resource.up({ ...program, peers: [FOREIGN], autoRefreshSeconds: 3_600 });
    resource = new Managed(incomingTransfer, simulatorConfig(control.simulator));
  });

  test("is taken over, and put back at destroy, updates and refreshes between", async () => {
    expect(await resource.up(program)).toBe("created");
    expect(await incoming()).toMatchObject({ peers: PEERS, auto_refresh_seconds: 86_400 });
    await resource.up({ ...program, autoRefreshSeconds: 900 });
    await resource.refresh();
    await resource.destroy();
    expect(await incoming()).toMatchObject(BY_HAND);
  });

  test("is put back also when the wait for a transfer failed", async () => {
    await messageOf(resource.up({ ...program, waitForTransfer: 1 }));
    await resource.destroy();
    expect(await incoming()).toMatchObject(BY_HAND);
  });

  test.each([
    ["as it was", [FOREIGN]],
    ["with another peer beside it", [FOREIGN, PEERS[0]]],
  ])(
    "goes with the resource when it had a peer of the program, %s: a killed run may have left it",
    async (_what, peers) => {
      await resource.up({ ...program, peers });
      await resource.destroy();
      expect(await incoming()).toBeNull();
    },
  );

  test("does not stand in the way of deleting a peer that was adopted with it", async () => {
    const { simulator } = control;
    const peer = new Managed(transferPeer, simulatorConfig(simulator));
    const { accountId } = simulator;
    await control.patch({ peers: { [FOREIGN]: { name: "by hand" } } });
    await peer.up({ accountId, name: "by hand", ip: "127.0.0.1", port: 9, adopt: true });
    expect(peer.state.outputs.peerId).toBe(FOREIGN);
    await resource.up({ ...program, peers: [FOREIGN] });
    await resource.destroy();
    await peer.destroy();
    expect(await incoming()).toBeNull();
    expect(Object.keys((await control.state()).peers)).toEqual(PEERS);
  });

  test("goes when a peer of it is gone, and that is told", async () => {
    const lines: string[] = [];
    const log = jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
    await resource.up({ ...program, peers: [PEERS[0]] });
    await control.patch({ peers: { [FOREIGN]: null } });
    await resource.destroy();
    log.mockRestore();
    expect(await incoming()).toBeNull();
    expect(lines.join()).toContain("cannot be put back as it was, so it is deleted");
  });
});

describe("one that is there as the program says, in a zone that is taken over,", () => {
  const wanted = { waitForTransfer: 1, __zone: { isAdopted: true } };
  const transferredAs = (serial: number | null) =>
    control.patch({ zones: { [zoneId]: { transfer: { serial } } } });

  beforeEach(async () => {
    await resource.up(program);
    await transferredAs(7);
    resource = new Managed(incomingTransfer, simulatorConfig(control.simulator));
  });

  test("is looked at once, as its DNSSEC is, and left alone when the zone has come by it", async () => {
    const [did, calls] = await callsDuring(control, () => resource.up({ ...program, ...wanted }));
    expect([did, calls]).toEqual(["created", ["GET incoming", "GET dnssec"]]);
    expect(resource.state.outputs).toMatchObject({ soaSerial: 7, peers: PEERS });
    await resource.refresh();
    expect(await resource.preview({ ...program, ...wanted })).toEqual([]);
  });

  test.each<[when: string, change: Bag, serial: number | null]>([
    ["the zone has never come by it", {}, null],
    ["its refresh is another", { autoRefreshSeconds: 900 }, 7],
    ["its peers are others", { peers: [PEERS[0]] }, 7],
    ["the program makes the zone and takes none over", { __zone: { isAdopted: false } }, 7],
  ])("has to show by a transfer that it works when %s", async (_when, change, serial) => {
    await transferredAs(serial);
    const up = () => messageOf(resource.up({ ...program, ...wanted, ...change }));
    const [message, calls] = await callsDuring(control, up);
    expect(calls).toContain("POST force_axfr");
    expect(message).toContain("Gave up waiting for zone zone-0000.example to be transferred");
  });
});

test("on a zone that is not secondary nothing is sent, and the error names the type", async () => {
  await control.patch({ zones: { [zoneId]: { type: "full" } } });
  const message = await messageOf(resource.up(program));
  expect(message).toContain("zone-0000.example is of type full, and is to be served as secondary");
  expect(message).toContain("type secondary");
});

test("a token that may not read DNSSEC makes and deletes transfers, and a line says what is not checked", async () => {
  const lines: string[] = [];
  jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  const body = { success: false, errors: [{ code: 10000, message: "no" }], messages: [], result: null };
  await control.fault({
    method: "GET",
    path: "/zones/*/dnssec",
    count: null,
    fault: { kind: "status", status: 403, body },
  });
  expect(await resource.up(program)).toBe("created");
  await resource.destroy();
  expect(await incoming()).toBeNull();
  expect(lines.join("\n")).toContain('may not read its DNSSEC ("DNS Read")');
  jest.restoreAllMocks();
});

test("a transfer that does not come ends the wait, keeps the resource and says what to check", async () => {
  const failed: unknown = await resource.up({ ...program, waitForTransfer: 1 }).catch((error) => error);
  expect(partialOf(failed)?.id).toBe(zoneId);
  expect(String(failed)).toContain("Gave up waiting for zone zone-0000.example to be transferred");
  expect(String(failed)).toContain("TSIG key");
  expect(resource.state.id).toBe(zoneId);
});

test("an incoming transfer that somebody deletes while it is waited for ends the wait, which says so", async () => {
  const up = messageOf(resource.up({ ...program, waitForTransfer: 60 }));
  const isForced = async () => (await control.requests()).some(({ path }) => path.endsWith("/force_axfr"));
  while (!(await isForced())) await new Promise((resolve) => setImmediate(resolve));
  await control.patch({ zones: { [zoneId]: { incoming: null } } });
  expect(await up).toContain(
    'somebody has deleted its incoming transfer.\nNext: run "pulumi up --refresh", which recreates it.',
  );
});

describe("when forcing a transfer is refused,", () => {
  const refusal = { success: false, errors: [{ code: 10000, message: "no" }], messages: [], result: null };
  const refuse = () =>
    control.fault({
      path: "/zones/*/secondary_dns/force_axfr",
      fault: { kind: "status", status: 403, body: refusal },
    });
  const waiting = () => ({ ...program, waitForTransfer: 1 });

  test("what was made is kept, and the next up goes on with the wait", async () => {
    await refuse();
    const failed: unknown = await resource.up(waiting()).catch((error) => error);
    expect(String(failed)).toContain("force a transfer of zone");
    expect(partialOf(failed)?.id).toBe(zoneId);
    await control.clearFaults();
    expect(await messageOf(resource.up(waiting()))).toContain("Gave up waiting for zone");
    await resource.destroy();
    expect(await incoming()).toBeNull();
  });

  test("an update remembers it across a refresh", async () => {
    await resource.up(program);
    await refuse();
    await messageOf(resource.up(waiting()));
    await control.clearFaults();
    await resource.refresh();
    expect(await resource.preview(waiting())).toEqual(["waitForTransfer"]);
  });

  test("triggers that changed force one at the next up", async () => {
    await resource.up({ ...program, triggers: ["a,b"] });
    await refuse();
    await messageOf(resource.up({ ...program, triggers: ["a", "b"] }));
    await control.clearFaults();
    await control.forgetRequests();
    await resource.up({ ...program, triggers: ["a", "b"] });
    expect((await control.requests()).map(({ path }) => path)).toContainEqual(
      expect.stringContaining("force_axfr"),
    );
  });
});

test("where the primaries cannot be queried, a look at the old serial is not called a transfer", async () => {
  const lines: string[] = [];
  const log = jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  await resource.up(program);
  await control.patch({ zones: { [zoneId]: { transfer: { serial: 7 } } } });
  await resource.up({ ...program, waitForTransfer: 3 });
  log.mockRestore();
  expect(lines.join()).toContain("is unchanged: Cloudflare has checked its primaries");
  expect(lines.join()).not.toContain("is transferred");
});

test.each([
  ["peers", { peers: [] }, "1 to 30 different peer ids"],
  ["peers", { peers: [PEERS[0], PEERS[0]] }, "1 to 30 different peer ids"],
  ["peers", { peers: ["ns0"] }, "a peer id: 32 hexadecimal digits"],
  ["autoRefreshSeconds", { autoRefreshSeconds: 299 }, "at least 300"],
  ["name", { name: "exa mple" }, "a domain name"],
])("a wrong %s is refused at preview: %j", async (_input, change, allowed) => {
  expect(await messageOf(resource.check({ ...program, ...change }))).toContain(allowed);
});
