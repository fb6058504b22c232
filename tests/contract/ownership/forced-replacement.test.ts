import "../../support/one-realm";
import type { Wanted } from "../../support/engine-runs";
import { useStacks } from "../../support/two-programs";

const { services, stack, printed, peerIds, zone } = useStacks();

const FOREIGN = "f".repeat(32);
const OTHER = "e".repeat(32);
const ACTIVE = { status: "pending", dnssec_use_nsec3: true };
const TIME = "2026-01-01T00:00:00Z";

const zoneAt = (index: number) => services().simulator.zones[index] ?? { id: "", name: "" };
const domain = () => services().simulator.domains[0] ?? { id: "", name: "" };
const domainStatus = async () => (await services().state()).domains[domain().id]?.dnssecAuto.status;
const dnssec = (index = 0): Wanted => ({
  kind: "zoneDnssec",
  inputs: { zoneId: zoneAt(index).id, dnssecMultiSigner: true },
});
const incoming = (index = 0): Wanted => ({
  kind: "incomingTransfer",
  inputs: { zoneId: zoneAt(index).id, name: zoneAt(index).name, peers: [OTHER] },
});
const auto = (): Wanted => ({
  kind: "hostupDnssecAuto",
  inputs: { domainId: domain().id, action: "exclude" },
});

/** What stood there before the program: of the first two zones and the domain. */
beforeEach(async () => {
  const { accountId } = services().simulator;
  const peer = { accountId, name: "other", ip: "127.0.0.1", port: 9 };
  const transfer = { peers: [FOREIGN], auto_refresh_seconds: 7_200, created_time: TIME, modified_time: TIME };
  const zoneBefore = ({ name }: { name: string }) => ({
    dnssec: { ...ACTIVE, modified_on: TIME },
    incoming: { name, ...transfer },
  });
  await services().patch({ peers: { [FOREIGN]: peer, [OTHER]: peer } });
  await services().patch({
    zones: Object.fromEntries([0, 1].map((index) => [zoneAt(index).id, zoneBefore(zoneAt(index))])),
    domains: { [domain().id]: { dnssecAuto: { status: "active" } } },
  });
});

const all = () => ({ dnssec: dnssec(), incoming: incoming(), auto: auto() });
const names = ["dnssec", "incoming", "auto"];

test("with a refresh, what stood there before the program is kept and put back", async () => {
  const program = stack();
  await program.up(all());
  await program.up(all(), { replace: names, refresh: true });
  expect(printed()).not.toContain("forgotten");
  await program.destroy();
  expect((await zone()).dnssec).toMatchObject({ ...ACTIVE, dnssec_multi_signer: false });
  expect((await zone()).incoming).toMatchObject({ peers: [FOREIGN], auto_refresh_seconds: 7_200 });
  expect(await domainStatus()).not.toBe("excluded");
});

test("without one, the run says what is forgotten, and what to do another time", async () => {
  const program = stack();
  await program.up(all());
  await program.up(all(), { replace: names });
  for (const { id } of [zoneAt(0), domain()]) expect(printed()).toContain(id);
  expect(printed()).toContain('"status":"active"');
  expect(printed()).toContain('"autoRefreshSeconds":7200');
  expect(printed()).toContain('with "up --replace" use --refresh');
});

test("a second replacement by force does not forget more", async () => {
  const program = stack();
  await program.up({ dnssec: dnssec() });
  await program.up({ dnssec: dnssec() }, { replace: ["dnssec"], refresh: true });
  await program.up({ dnssec: dnssec() }, { replace: ["dnssec"], refresh: true });
  await program.destroy();
  expect((await zone()).dnssec).toMatchObject({ ...ACTIVE, dnssec_multi_signer: false });
});

test("what moves from one resource to another in one up keeps what stood there before", async () => {
  const program = stack();
  await program.up({ "zone-0": dnssec(0), "transfer-0": incoming(0) });
  // One is put in front: each of the old places gets another zone.
  await program.up({
    "zone-0": dnssec(1),
    "zone-1": dnssec(0),
    "transfer-0": incoming(1),
    "transfer-1": incoming(0),
  });
  await program.destroy();
  for (const index of [0, 1]) {
    const { dnssec, incoming } = (await services().state()).zones[zoneAt(index).id] ?? {};
    expect(dnssec).toMatchObject({ ...ACTIVE, dnssec_multi_signer: false });
    expect(incoming).toMatchObject({ peers: [FOREIGN], auto_refresh_seconds: 7_200 });
  }
});

describe("a peer that is replaced by force", () => {
  const peer = (): Wanted => ({
    kind: "transferPeer",
    inputs: { accountId: services().simulator.accountId, name: "ns0", ip: "127.0.0.1", port: 9 },
  });

  test("is refused without a refresh, since a killed run may have left it, and told how it goes", async () => {
    const program = stack();
    await program.up({ peer: peer() });
    const { peer: message } = await program.failing({ peer: peer() }, { replace: ["peer"] });
    expect(message).toContain('With "up --replace" it is the resource\'s own: add --refresh.');
  });

  test("is made anew with one, linked as it may be, as the message says", async () => {
    const program = stack();
    const transfer: Wanted = {
      kind: "incomingTransfer",
      inputs: { zoneId: zoneAt(2).id, name: zoneAt(2).name },
      from: (outputsOf) => ({ peers: [outputsOf("peer").peerId] }),
    };
    await program.up({ peer: peer(), transfer });
    const before = program.outputsOf("peer").peerId;
    await program.up({ peer: peer(), transfer }, { replace: ["peer"], refresh: true });
    const { peerId } = program.outputsOf("peer");
    expect(peerId).not.toBe(before);
    expect(await peerIds()).toEqual([FOREIGN, OTHER, peerId].sort());
    await program.destroy();
    expect(await peerIds()).toEqual([OTHER, FOREIGN]);
  });
});
