import "../../support/one-realm";
import type { Wanted } from "../../support/engine-runs";
import { useStacks } from "../../support/two-programs";

const { services, stack, printed, peerIds, zone } = useStacks();

const FOREIGN = "f".repeat(32);
const zoneAt = (index: number) => services().simulator.zones[index] ?? { id: "", name: "" };

const peer = (name: string): Wanted => ({
  kind: "transferPeer",
  inputs: { accountId: services().simulator.accountId, name, ip: "127.0.0.1", port: 9 },
});
const transfer = (peerName: string, zoneIndex = 0): Wanted => ({
  kind: "incomingTransfer",
  inputs: { zoneId: zoneAt(zoneIndex).id, name: zoneAt(zoneIndex).name },
  from: (outputsOf) => ({ peers: [outputsOf(peerName).peerId] }),
});

describe("an incoming transfer whose resource is replaced by another one, with another peer", () => {
  test.each([
    ["the first peer stays in the program", ["p1", "p2"]],
    ["the first peer goes with it", ["p2"]],
  ])("is deleted at destroy, and so are the peers, when %s", async (_title, peers) => {
    const program = stack();
    await program.up({ p1: peer("p1"), a: transfer("p1") });
    await program.up({ ...Object.fromEntries(peers.map((name) => [name, peer(name)])), b: transfer("p2") });
    await program.destroy();
    expect((await zone()).incoming).toBeNull();
    expect(await peerIds()).toEqual([]);
  });

  test("does not stand in the way of the peers' next release, when the state was saved by an older one", async () => {
    const program = stack();
    await program.up({ p1: peer("p1"), p2: peer("p2"), b: transfer("p2") });
    const entry = program.model.state.get("b");
    if (!entry) throw new Error("b should be in state");
    const { peerId } = program.outputsOf("p1");
    const before = { name: zoneAt(0).name, peers: [peerId], autoRefreshSeconds: 86_400 };
    const outputs = { ...entry.saved.outputs, __before: before };
    program.model.state.set("b", { ...entry, saved: { ...entry.saved, outputs } });
    await program.destroy();
    expect((await zone()).incoming).toBeNull();
    expect(await peerIds()).toEqual([]);
  });

  test("is forgotten once a run has seen that the peer is the program's", async () => {
    const program = stack();
    await program.up({ p1: peer("p1"), a: transfer("p1") });
    // The peer comes after the transfer that takes over from it.
    await program.up({ p2: peer("p2"), b: transfer("p2"), p1: peer("p1") });
    await program.refresh();
    expect(program.outputsOf("b")).not.toHaveProperty("__before");
  });
});

test("a list of zones with one put in front is taken down with its peers", async () => {
  const program = stack();
  await program.up({ "peer-0": peer("a"), "zone-0": transfer("peer-0", 0) });
  await program.up({
    "peer-0": peer("b"),
    "zone-0": transfer("peer-0", 1),
    "peer-1": peer("a"),
    "zone-1": transfer("peer-1", 0),
  });
  await program.destroy();
  for (const { incoming } of Object.values((await services().state()).zones)) expect(incoming).toBeNull();
  expect(await peerIds()).toEqual([]);
});

test("somebody else's transfer is put back still", async () => {
  const { accountId } = services().simulator;
  const time = "2026-01-01T00:00:00Z";
  const standing = { peers: [FOREIGN], auto_refresh_seconds: 600, created_time: time, modified_time: time };
  await services().patch({ peers: { [FOREIGN]: { accountId, name: "other", ip: "127.0.0.1", port: 9 } } });
  await services().patch({ zones: { [zoneAt(0).id]: { incoming: { name: zoneAt(0).name, ...standing } } } });
  const program = stack();
  await program.up({ p1: peer("p1"), a: transfer("p1") });
  await program.up({ p1: peer("p1"), p2: peer("p2"), a: transfer("p2") });
  await program.refresh();
  await program.destroy();
  expect((await zone()).incoming).toMatchObject({ peers: [FOREIGN], auto_refresh_seconds: 600 });
  expect(await peerIds()).toEqual([FOREIGN]);
  expect(printed()).not.toContain("stays");
});

test("a peer that is deleted beside the transfer, in whatever order, ends unlinked", async () => {
  for (const isPeerFirst of [true, false]) {
    const program = stack(`stack-${isPeerFirst}`);
    await program.up({ p1: peer("p1"), a: transfer("p1") });
    await program.up({ p1: peer("p1"), p2: peer("p2"), b: transfer("p2") });
    await program.destroyInOrder([isPeerFirst ? ["p1", "b"] : ["b", "p1"], ["p2"]]);
    expect((await zone()).incoming).toBeNull();
    expect(await peerIds()).toEqual([]);
  }
});
