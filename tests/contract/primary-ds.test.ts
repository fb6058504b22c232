import { primaryDs, transferPeer } from "../../provider/runtime";
import { startSimulator } from "../../simulator";
import { CLASS, TYPE } from "../../simulator/dns/codes";
import { type Control, controlOf } from "../support/control";
import { anotherKey, FAKE_KEY_TAG, noKey, oneKey, validFor } from "../support/dns-fake-keys";
import { type FakePrimary, message, startFakePrimary } from "../support/dns-fake-primary";
import { type Bag, Managed, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";

let control: Control;
let primary: FakePrimary;
let resource: Managed;
let program: Bag;
let peer: Managed;
let lines: string[];

beforeEach(async () => {
  control = controlOf(await startSimulator());
  primary = await startFakePrimary();
  primary.say(oneKey);
  const { accountId } = control.simulator;
  peer = new Managed(transferPeer, simulatorConfig(control.simulator));
  await peer.up({ accountId, name: "ns0", ip: "127.0.0.1", port: primary.port });
  resource = new Managed(primaryDs, simulatorConfig(control.simulator));
  program = { accountId, zoneName: "Example.com.", peers: [peer.state.outputs.peerId] };
  lines = [];
  jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
});

afterEach(async () => {
  jest.restoreAllMocks();
  await primary.stop();
  await control.simulator.close();
});

test("the DS is computed from the primary's key, refreshed without a change, and forgotten without a call", async () => {
  expect(await resource.up(program)).toBe("created");
  const { id, outputs } = resource.state;
  expect(id).toBe("example.com");
  expect(outputs.ds).toMatch(new RegExp(`^example\\.com\\. 3600 IN DS ${FAKE_KEY_TAG} 13 2 [0-9A-F]{64}$`));
  expect(outputs.records).toEqual([
    { keyTag: FAKE_KEY_TAG, algorithm: 13, digestType: 2, digest: expect.stringMatching(/^[0-9A-F]{64}$/) },
  ]);
  await resource.refresh();
  expect(await resource.preview(program)).toEqual([]);
  expect(resource.state.outputs).toEqual(outputs);
  await control.forgetRequests();
  await resource.destroy();
  expect(await control.requests()).toEqual([]);
});

test("CDS records that no key of the zone has signed do not take its DS away (RFC 7344 section 4.1)", async () => {
  const deletion = Buffer.from([0, 0, 0, 0, 0]);
  primary.say((request) => {
    const [question] = request.questions;
    if (question?.type !== TYPE.CDS) return oneKey(request);
    const cds = { name: question.name, type: TYPE.CDS, class: CLASS.IN, ttl: 300, rdata: deletion };
    return [message(request, [cds])];
  });
  await resource.up(program);
  expect(resource.state.outputs.ds).toContain(`IN DS ${FAKE_KEY_TAG} 13 2`);
});

test("another digest type is computed in place, another zone replaces", async () => {
  await resource.up(program);
  expect(await resource.up({ ...program, digestType: 4 })).toBe("updated");
  expect(resource.state.outputs.ds).toMatch(/ 13 4 [0-9A-F]{96}$/);
  expect(await resource.up({ ...program, zoneName: "example.net" })).toBe("replaced");
});

test("a primary whose key is gone at Cloudflare is not asked without one", async () => {
  await resource.up(program);
  const { outputs } = resource.state;
  const { accountId } = control.simulator;
  const [, peerId = ""] = peer.state.id.split("/");
  const gone = "a".repeat(32);
  await control.patch({ peers: { [peerId]: { tsig_id: gone } } });
  await resource.refresh();
  expect(resource.state.outputs).toEqual(outputs);
  const why = `Peer "ns0" signs its transfers with TSIG ${gone}, which account ${accountId} does not have`;
  expect(lines.join()).toContain(why);
  const other = new Managed(primaryDs, simulatorConfig(control.simulator));
  expect(await messageOf(other.up(program))).toContain(why);
});

test("several primaries with keys of their own have no DS that fits them all", async () => {
  const second = await startFakePrimary();
  try {
    second.say(anotherKey);
    const { accountId } = control.simulator;
    const other = new Managed(transferPeer, simulatorConfig(control.simulator));
    await other.up({ accountId, name: "ns1", ip: "127.0.0.1", port: second.port });
    const both = { ...program, peers: [peer.state.outputs.peerId, other.state.outputs.peerId] };
    const message = await messageOf(resource.up(both));
    expect(message).toMatch(
      /127\.0\.0\.1 port \d+ and 127\.0\.0\.1 port \d+ sign example\.com with different keys/,
    );
    expect(message).toContain("Next: sign in one place");

    second.say(oneKey);
    await resource.up(both);
    expect(resource.state.outputs.ds).toContain(`IN DS ${FAKE_KEY_TAG} 13 2`);
  } finally {
    await second.stop();
  }
});

test("of several primaries the others are asked when the key of one is gone", async () => {
  const { accountId } = control.simulator;
  const gone = "b".repeat(32);
  const dangling = { accountId, name: "old", ip: "127.0.0.1", port: 9, tsig_id: "a".repeat(32) };
  await control.patch({ peers: { [gone]: dangling } });
  await resource.up({ ...program, peers: [gone, peer.state.outputs.peerId] });
  expect(resource.state.outputs.ds).toContain(`IN DS ${FAKE_KEY_TAG} 13 2`);
});

test("a primary that is down at a refresh changes nothing, and is told of", async () => {
  await resource.up(program);
  const { outputs } = resource.state;
  primary.say(() => []);
  expect(await resource.refresh()).toBe("present");
  expect(resource.state.outputs).toEqual(outputs);
  expect(lines.join()).toContain("The DS of example.com is kept as it was: The primary ns0 (127.0.0.1 port");
});

test("a primary that cannot be queried at create is an error that names it", async () => {
  primary.say(() => []);
  expect(await messageOf(resource.up(program))).toContain(
    `The primary ns0 (127.0.0.1 port ${primary.port}) cannot be queried about example.com`,
  );
});

test("a peer without an address is an error that says what to give", async () => {
  const { accountId } = control.simulator;
  await peer.up({ accountId, name: "ns0" });
  expect(await messageOf(resource.up(program))).toContain("Next: give the TransferPeer its ip.");
});

test("a zone that its primary does not sign is waited for, then refused", async () => {
  const real = Date.now;
  let passed = 0;
  jest.spyOn(Date, "now").mockImplementation(() => real() + passed);
  primary.say((request) => {
    // Once it has been asked a second time, the time is over.
    if (primary.requests.length > 2) passed = 61_000;
    return noKey(request);
  });
  const message = await messageOf(resource.up(program));
  expect(message).toContain("The DS of example.com is not known. At ns0 (127.0.0.1 port");
  expect(message).toContain("ds: false");
});

test.each([
  ["ended an hour ago", [-7_200, -3_600], /expired at 20\S+Z\.\nNext: find out there why it no longer signs/],
  [
    "begin in an hour",
    [3_600, 7_200],
    /are valid only from 20\S+Z\.\nNext: correct whichever clock is wrong/,
  ],
] as const)("signatures that %s are told at once, and are no missing ones", async (_when, span, message) => {
  primary.say(validFor(span));
  expect(await messageOf(resource.up(program))).toMatch(message);
});

test("a primary that does not sign just now, or has no peer left, changes nothing at a refresh", async () => {
  await resource.up(program);
  const { outputs } = resource.state;
  primary.say(noKey);
  await resource.refresh();
  expect(resource.state.outputs).toEqual(outputs);
  await peer.destroy();
  await resource.refresh();
  expect(resource.state.outputs).toEqual(outputs);
  expect(lines.filter((line) => line.startsWith("The DS of example.com is kept as it was"))).toHaveLength(2);
});

test("a primary that does not take the key is not believed without it", async () => {
  const { accountId } = control.simulator;
  const key = { accountId, name: "cf.example.com.", algo: "hmac-sha512.", secret: "A".repeat(88) };
  await control.patch({ tsigs: { ["d".repeat(32)]: key } });
  await peer.up({ accountId, name: "ns0", ip: "127.0.0.1", port: primary.port, tsigId: "d".repeat(32) });
  expect(await messageOf(resource.up(program))).toContain("did not sign its response");
});

test.each([
  ["digestType", { digestType: 1 }, "2 (SHA-256) or 4 (SHA-384)"],
  ["zoneName", { zoneName: "exa mple" }, "a domain name"],
  ["peers", { peers: [] }, "1 to 30 different peer ids"],
])("a wrong %s is refused at preview", async (_input, change, allowed) => {
  expect(await messageOf(resource.check({ ...program, ...change }))).toContain(allowed);
});

test("silent primaries are asked beside each other, so that six take no longer than one", async () => {
  const silent = await Promise.all(Array.from({ length: 6 }, () => startFakePrimary()));
  try {
    const { accountId } = control.simulator;
    const peers: unknown[] = [];
    for (const [at, { port }] of silent.entries()) {
      const each = new Managed(transferPeer, simulatorConfig(control.simulator));
      await each.up({ accountId, name: `ns${at + 1}`, ip: "127.0.0.1", port });
      peers.push(each.state.outputs.peerId);
    }
    const failed = messageOf(resource.up({ ...program, peers }));
    // None of them is kept waiting for another's silence.
    const asked = () => silent.every(({ requests }) => requests.length > 0);
    const before = Date.now();
    while (!asked() && Date.now() - before < 60_000) await new Promise((resolve) => setImmediate(resolve));
    expect(silent.map(({ requests }) => requests.length)).toEqual([1, 1, 1, 1, 1, 1]);
    await Promise.all(silent.map((each) => each.stop()));
    expect(await failed).toContain("cannot be queried about example.com");
  } finally {
    await Promise.all(silent.map((each) => each.stop().catch(() => {})));
  }
});
