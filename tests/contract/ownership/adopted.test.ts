import "../../support/one-realm";
import type { Wanted } from "../../support/engine-runs";
import { useStacks } from "../../support/two-programs";

const { services, stack, peerIds, tsigIds } = useStacks();

const NAME = "cf.example.com.";
const SECRET = Buffer.alloc(64, 1).toString("base64");

const peer = (ip: string, more: object = {}): Wanted => ({
  kind: "transferPeer",
  inputs: { accountId: services().simulator.accountId, name: "ns0", ip, adopt: true, ...more },
});
const tsig = (owner: string, more: object = {}): Wanted => ({
  kind: "tsig",
  inputs: {
    accountId: services().simulator.accountId,
    name: NAME,
    adopt: true,
    __owner: `project/stack/${owner}`,
    ...more,
  },
});
/** Its call tells what the service allows, and the others follow all at once. */
const early = (secret: string): Record<string, Wanted> => ({
  early: tsig("early", { name: "early.example.com.", secret: Buffer.alloc(64, secret).toString("base64") }),
});
/** While a resource is changed, another is made. */
const slowChanges = () =>
  services().fault({ method: "PUT", after: 1, fault: { kind: "delay", milliseconds: 200 } });
const peerId = (outputs: Readonly<Record<string, unknown>>) => outputs.peerId;

describe.each([false, true])("with refresh: %s, adopt", (refresh) => {
  test("leaves a peer to the resource that has it, when a primary is put in front of another", async () => {
    const program = stack();
    await program.up({ ...early("a"), "peer-0": peer("192.0.2.1") });
    const before = program.outputsOf("peer-0");
    await slowChanges();
    const two = { "peer-0": peer("192.0.2.2"), "peer-1": peer("192.0.2.1") };
    await program.up({ ...early("b"), ...two }, { refresh });
    expect(program.outputsOf("peer-0").peerId).toBe(before.peerId);
    expect(program.outputsOf("peer-1").peerId).not.toBe(before.peerId);
    expect(await peerIds()).toHaveLength(2);
  });

  test("leaves a key to the resource that has it and gets another name", async () => {
    const program = stack();
    await program.up({ ...early("a"), first: tsig("first") });
    const before = program.outputsOf("first");
    await slowChanges();
    const two = { first: tsig("first", { name: "new.example.com." }), second: tsig("second") };
    await program.up({ ...early("b"), ...two }, { refresh });
    expect(program.outputsOf("first")).toMatchObject({ tsigId: before.tsigId, secret: before.secret });
    expect(program.outputsOf("second").tsigId).not.toBe(before.tsigId);
    expect(await tsigIds()).toHaveLength(3);
  });

  test.each<[title: string, more: object]>([
    ["a generated", {}],
    ["a given", { secret: SECRET }],
  ])("keeps the key with %s secret of a resource that is renamed", async (_title, more) => {
    const program = stack();
    await program.up({ old: tsig("old", more) });
    const { tsigId, secret } = program.outputsOf("old");
    await program.up({ renamed: tsig("renamed", more) }, { refresh });
    expect(program.outputsOf("renamed")).toMatchObject({ tsigId, secret });
    expect(await tsigIds()).toEqual([tsigId]);
  });

  test("keeps the peer of a resource that is renamed", async () => {
    const program = stack();
    await program.up({ old: peer("192.0.2.1") });
    const before = peerId(program.outputsOf("old"));
    await program.up({ renamed: peer("192.0.2.1") }, { refresh });
    expect(peerId(program.outputsOf("renamed"))).toBe(before);
    expect(await peerIds()).toEqual([before]);
  });

  test.each<[title: string, make: (owner: string) => Wanted]>([
    ["key", (owner) => tsig(owner)],
    ["key of a given secret", (owner) => tsig(owner, { secret: SECRET })],
    ["peer", () => peer("192.0.2.1")],
  ])("does not give a copied resource the same %s: it is refused, at preview too", async (_title, make) => {
    const program = stack();
    await program.up({ first: make("first") });
    const copied = { first: make("first"), copy: make("copy") };
    await expect(program.preview(copied)).rejects.toThrow('the resource "first" of this program');
    const { copy } = await program.failing(copied, { refresh });
    expect(copy).toContain("adopt is true");
    expect([...program.model.state.keys()]).toEqual(["first"]);
    // Whichever of the two the program names first.
    await expect(program.preview({ copy: make("copy"), first: make("first") })).rejects.toThrow(
      'the resource "copy" of this program',
    );
  });
});

test("a peer without adopt is made beside one that another resource of the program had until now", async () => {
  const program = stack();
  await program.up({ "peer-0": peer("192.0.2.1", { adopt: false }) });
  await program.up({
    "peer-0": peer("192.0.2.2", { adopt: false }),
    "peer-1": peer("192.0.2.1", { adopt: false }),
  });
  expect(await peerIds()).toHaveLength(2);
});

describe("two resources that an older release gave one peer", () => {
  /** What that release left in state. */
  async function shared() {
    const program = stack();
    await program.up({ "peer-0": peer("192.0.2.2"), "peer-1": peer("192.0.2.1") });
    const one = program.model.state.get("peer-0");
    const other = program.model.state.get("peer-1");
    if (!one || !other) throw new Error("both should be in state");
    const { id } = one.saved;
    const outputs = { ...other.saved.outputs, peerId: one.saved.outputs.peerId };
    program.model.state.set("peer-1", { ...other, saved: { ...other.saved, id, outputs } });
    await services().patch({ peers: { [String(other.saved.outputs.peerId)]: null } });
    return program;
  }

  test("have one each after the next up", async () => {
    const program = await shared();
    await program.up({ "peer-0": peer("192.0.2.2"), "peer-1": peer("192.0.2.1") });
    const ids = ["peer-0", "peer-1"].map((name) => program.outputsOf(name).peerId);
    expect(new Set(ids).size).toBe(2);
    expect(await peerIds()).toEqual(ids.map(String).sort());
    const { peers } = await services().state();
    expect(ids.map((id) => peers[String(id)]?.ip)).toEqual(["192.0.2.2", "192.0.2.1"]);
  });

  test("are refused when they want the same, and say which two they are", async () => {
    const program = await shared();
    const same = { "peer-0": peer("192.0.2.2"), "peer-1": peer("192.0.2.2") };
    const { "peer-1": message } = await program.failing(same);
    expect(message).toContain('the resource "peer-0" of this program');
    expect(message).toContain("Next: ");
  });
});
