import { incomingTransfer, transferPeer } from "../../provider/runtime";
import { startSimulator } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import { type Bag, handlerOf, Managed, simulatorConfig } from "../support/handlers";
import { callsDuring, messageOf } from "../support/outcome";

const NAME = "ns0.example.com";

let control: Control;
let resource: Managed;
let program: Bag;

beforeEach(async () => {
  control = controlOf(await startSimulator());
  resource = new Managed(transferPeer, simulatorConfig(control.simulator));
  program = { accountId: control.simulator.accountId, name: NAME, ip: "192.0.2.53" };
});

afterEach(() => control.simulator.close());

async function only() {
  const [first, ...others] = Object.values((await control.state()).peers);
  if (first === undefined || others.length > 0) throw new Error("the account should have one peer");
  return first;
}

test("a peer is made by its name, then gets the rest", async () => {
  const [, calls] = await callsDuring(control, () => resource.up(program));
  expect(calls.map((call) => call.split(" ")[0])).toEqual(["GET", "POST", "PUT"]);
  expect(await only()).toMatchObject({
    name: NAME,
    ip: "192.0.2.53",
    port: 53,
    ixfr_enable: false,
    tsig_id: "",
  });
  await resource.refresh();
  expect(await resource.preview(program)).toEqual([]);
});

test("a peer changes in place and is deleted; one that is gone already is no error", async () => {
  await resource.up(program);
  const { id } = await only();
  expect(await resource.up({ ...program, port: 5353, ixfrEnable: true })).toBe("updated");
  expect(await only()).toMatchObject({ id, port: 5353, ixfr_enable: true, ip: "192.0.2.53" });
  await control.patch({ peers: { [id]: null } });
  await resource.destroy();
  expect((await control.state()).peers).toEqual({});
});

test("a peer that a zone is still transferred from is not deleted, and the error says what uses it", async () => {
  await resource.up(program);
  const { id } = await only();
  await linked(id);
  expect(await messageOf(resource.destroy())).toMatch(
    /Peer is linked to a zone[\s\S]*Next: something still uses it: take a peer out of the incoming transfer of every zone/,
  );
  expect(await only()).toMatchObject({ id });
});

/** A zone that is transferred from the peer, as a run leaves it that is killed while it waits for the transfer. */
async function linked(peerId: string) {
  const [zone] = control.simulator.zones;
  if (zone === undefined) throw new Error("the simulator starts with a zone");
  const time = "2026-01-01T00:00:00Z";
  const settings = { name: zone.name, peers: [peerId], auto_refresh_seconds: 600 };
  const incoming = { ...settings, created_time: time, modified_time: time };
  await control.patch({ zones: { [zone.id]: { incoming } } });
  return zone;
}

describe("a peer whose transfer the state lacks", () => {
  test("is not deleted, and the error names the zone that the peer is tried with, and the ways out", async () => {
    const [{ name: probeZone } = { name: "" }] = control.simulator.zones;
    await resource.up({ ...program, probeZone });
    const { id } = await linked((await only()).id);
    const message = await messageOf(resource.destroy());
    expect(message).toContain(`${probeZone} (zone ${id}) is still transferred from this peer.`);
    expect(message).toContain('run "pulumi up" with the zone in the program, which takes the transfer over');
    expect(message).toContain("delete the zone's incoming transfer in Cloudflare's dashboard");
  });

  const noZones = () =>
    control.fault({ path: "/zones", count: null, fault: { kind: "status", status: 400, body: {} } });
  const zoneName = () => control.simulator.zones[0]?.name;

  test.each<[title: string, probeZone: () => string | undefined, prepare: () => Promise<unknown>]>([
    ["the peer names no zone", () => undefined, async () => {}],
    ["the peer names another zone", () => "other.example", async () => {}],
    ["the zone that it names cannot be looked at", zoneName, noZones],
  ])("is told with the ways out alone where %s", async (_title, nameOf, prepare) => {
    const probeZone = nameOf();
    await resource.up({ ...program, ...(probeZone ? { probeZone } : {}) });
    await linked((await only()).id);
    await prepare();
    const message = await messageOf(resource.destroy());
    expect(message).toContain("Peer is linked to a zone");
    expect(message).toContain("\n  A zone is still transferred from this peer.\n");
  });

  test("is deleted after what the message says: an up with the zone, then a destroy", async () => {
    const [{ name: probeZone } = { name: "" }] = control.simulator.zones;
    await resource.up({ ...program, probeZone });
    const { id: peerId } = await only();
    const zone = await linked(peerId);
    await messageOf(resource.destroy());
    const transfer = new Managed(incomingTransfer, simulatorConfig(control.simulator));
    await transfer.up({ zoneId: zone.id, name: zone.name, peers: [peerId], autoRefreshSeconds: 600 });
    await transfer.destroy();
    await resource.destroy();
    expect(await control.state()).toMatchObject({ peers: {}, zones: { [zone.id]: { incoming: null } } });
  });
});

test.each([
  ["ip", { ip: "192.0.2.99" }],
  ["port", { port: 5300 }],
  ["ixfrEnable", { ixfr_enable: true }],
  ["name", { name: "other" }],
])("a change of %s in a console shows as drift and is put back", async (input, change) => {
  await resource.up(program);
  const before = await only();
  await control.patch({ peers: { [before.id]: change } });
  await resource.refresh();
  expect(await resource.preview(program)).toEqual([input]);
  await resource.up(program);
  expect(await only()).toEqual(before);
});

test("a key that was added in a console shows as drift and is taken off", async () => {
  await resource.up(program);
  const { id } = await only();
  const tsigId = "a".repeat(32);
  const secret = Buffer.alloc(64, 1).toString("base64");
  const key = { accountId: control.simulator.accountId, name: "k.", algo: "hmac-sha512.", secret };
  await control.patch({ tsigs: { [tsigId]: key } });
  await control.patch({ peers: { [id]: { tsig_id: tsigId } } });
  await resource.refresh();
  expect(await resource.preview(program)).toEqual(["tsigId"]);
  await resource.up(program);
  expect(await only()).toMatchObject({ tsig_id: "" });
});

test("a create that stops half-way keeps the peer, and the next up completes it", async () => {
  const refused = { success: false, errors: [{ code: 1004, message: "no" }], messages: [], result: null };
  await control.fault({ method: "PUT", fault: { kind: "status", status: 400, body: refused } });
  expect(await messageOf(resource.up(program))).toContain(`update peer "${NAME}"`);
  expect(await resource.up({ ...program, port: 54 })).toBe("updated");
  expect(await only()).toMatchObject({ ip: "192.0.2.53", port: 54 });
});

test("a lost answer makes one peer, not two", async () => {
  await control.fault({ method: "POST", fault: { kind: "lost-answer" } });
  await resource.up(program);
  expect(await only()).toMatchObject({ ip: "192.0.2.53" });
});

test("a change that Cloudflare does not keep is not sent", async () => {
  await resource.up(program);
  const [, calls] = await callsDuring(control, () => resource.up({ ...program, probeZone: "example.com" }));
  expect(calls).toEqual([]);
  expect(resource.state.outputs).toMatchObject({ peerId: (await only()).id, probeZone: "example.com" });
});

test("a refresh of many peers lists the account once", async () => {
  const others = [1, 2, 3].map(() => new Managed(transferPeer, simulatorConfig(control.simulator)));
  for (const [index, other] of others.entries()) await other.up({ ...program, port: 5300 + index });
  const refresh = () => Promise.all(others.map((other) => other.refresh()));
  const [, calls] = await callsDuring(control, refresh);
  expect(calls).toHaveLength(1);
});

test.each([
  ["ip", { ip: "ns0.example.com" }, "an IPv4 or IPv6 address"],
  ["ip", { ip: "192.0.2.256" }, "an IPv4 or IPv6 address"],
  ["ip", { ip: "fe80::1%eth0" }, "an IPv4 or IPv6 address"],
  ["port", { port: 0 }, "a whole number from 1 to 65535"],
  ["port", { port: "53" }, "a whole number from 1 to 65535"],
  ["name", { name: "" }, "a text of 1 to 255 characters"],
  ["tsigId", { tsigId: "k" }, "a TSIG id: 32 hexadecimal digits"],
])("a wrong %s is refused at preview: %j", async (_input, change, allowed) => {
  expect(await messageOf(resource.check({ ...program, ...change }))).toContain(allowed);
});

test("peers of one name that are made at the same time are different peers", async () => {
  const others = [1, 2, 3].map(() => new Managed(transferPeer, simulatorConfig(control.simulator)));
  await Promise.all(others.map((other) => other.up(program)));
  expect(new Set(others.map(({ state }) => state.id)).size).toBe(3);
  expect(Object.keys((await control.state()).peers)).toHaveLength(3);
});

test("beside a peer that has this name and nothing else, a create is refused until adopt says that it is ours", async () => {
  const { accountId } = control.simulator;
  const left = { accountId, name: NAME, ip: "", port: 0, ixfr_enable: false, tsig_id: "" };
  await control.patch({ peers: { ["e".repeat(32)]: left } });
  expect(await messageOf(resource.up(program))).toContain("set adopt to true to take it over");
  await resource.up({ ...program, adopt: true });
  expect(await only()).toMatchObject({ id: "e".repeat(32), ip: "192.0.2.53" });
});

test("a replacement in the same account is made beside the peer that it replaces", async () => {
  await resource.up(program);
  const { id } = await handlerOf(transferPeer).create(await resource.check(program));
  expect(id).not.toBe(resource.state.id);
});

describe("beside a peer that is equal in everything, as a killed run may have left it,", () => {
  const LEFT = "e".repeat(32);
  const standing = () => ({
    accountId: control.simulator.accountId,
    name: NAME,
    ip: "192.0.2.53",
    port: 53,
    ixfr_enable: false,
    tsig_id: "",
  });

  beforeEach(() => control.patch({ peers: { [LEFT]: standing() } }));

  test("a create is refused with its id and what to do, and makes nothing", async () => {
    const message = await messageOf(resource.up(program));
    expect(message).toContain(`Did not create peer "${NAME}" in account ${control.simulator.accountId}`);
    expect(message).toContain(LEFT);
    expect(message).toContain("set adopt to true to take it over");
    expect(await only()).toMatchObject({ id: LEFT });
    expect(resource.saved).toBeUndefined();
  });

  test("adopt takes it over without a write, and destroy deletes it", async () => {
    const [, calls] = await callsDuring(control, () => resource.up({ ...program, adopt: true }));
    expect(calls.map((call) => call.split(" ")[0])).toEqual(["GET"]);
    expect(resource.state.outputs).toMatchObject({ peerId: LEFT });
    await resource.refresh();
    expect(await resource.preview({ ...program, adopt: true })).toEqual([]);
    await resource.destroy();
    expect((await control.state()).peers).toEqual({});
  });

  test("adopt does not choose between two of them", async () => {
    const other = "f".repeat(32);
    await control.patch({ peers: { [other]: standing() } });
    const message = await messageOf(resource.up({ ...program, adopt: true }));
    expect(message).toContain(`there are 2 of that name (${LEFT}, ${other})`);
  });

  test("one of another content is made beside it, adopt or not", async () => {
    await resource.up({ ...program, ip: "192.0.2.99", adopt: true });
    expect(Object.keys((await control.state()).peers)).toHaveLength(2);
  });
});

test.each([{ unsetPeerFields: "absent" }, { nullFields: "refuse" }, { nullFields: "ignore" }] as const)(
  "with %j a peer is made, changed and changed back, and nothing is left to do",
  async (switches) => {
    await control.patch({ switches });
    const bare = { accountId: program.accountId, name: NAME };
    await resource.up(program);
    await resource.refresh();
    expect(await resource.preview(program)).toEqual([]);

    await resource.up({ ...program, ixfrEnable: true });
    await resource.up(bare);
    expect(await only()).toMatchObject({ name: NAME, ip: "", ixfr_enable: false, tsig_id: "" });
    await resource.refresh();
    expect(await resource.preview(bare)).toEqual([]);
    await resource.destroy();
    expect((await control.state()).peers).toEqual({});
  },
);
