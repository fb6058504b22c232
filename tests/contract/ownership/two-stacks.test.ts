import "../../support/one-realm";
import { createRuntime } from "../../../provider/runtime/create-runtime";
import type { FaultRule } from "../../../simulator";
import { hastyTransport, killedAfter, type Wanted } from "../../support/engine-runs";
import { programOf, useStacks } from "../../support/two-programs";
import { runTwoStacks } from "../../support/two-stacks";

const SEQUENCES = Number(process.env.TWO_STACKS_RUNS ?? 40);
const SEED = Number(process.env.TWO_STACKS_SEED ?? Date.now() % 2 ** 31);
jest.setTimeout(300_000);

const { services, stack, peerIds } = useStacks();

describe("two stacks that make a peer of one name at once", () => {
  const program = (): Record<string, Wanted> => ({
    peer: {
      kind: "transferPeer",
      inputs: { accountId: services().simulator.accountId, name: "ns0", ip: "192.0.2.53" },
    },
  });

  test.each<[title: string, fault: FaultRule["fault"]]>([
    ["is lost before it is processed", { kind: "reset" }],
    ["is processed, and its answer lost", { kind: "lost-answer" }],
    ["is processed, and its answer cut off", { kind: "truncated" }],
    ["fails with 500", { kind: "status", status: 500 }],
  ])("have one each when a POST %s", async (_title, fault) => {
    await services().fault({ method: "POST", fault });
    // So long both peers have a name alone.
    await services().fault({ method: "PUT", count: 2, fault: { kind: "delay", milliseconds: 300 } });
    const [one, other] = [stack("one"), stack("other")];
    await Promise.all([one.up(program()), other.up(program())]);
    const ids = [one, other].map((each) => String(each.outputsOf("peer").peerId));
    expect(new Set(ids).size).toBe(2);
    expect(await peerIds()).toEqual([...ids].sort());
    await one.destroy();
    expect(await peerIds()).toEqual([ids[1]]);
    await other.refresh();
    expect(other.outputsOf("peer")).toMatchObject({ name: "ns0", ip: "192.0.2.53" });
  });

  test("know their own again when one of them was killed half-way, and the other had the same in mind", async () => {
    const { killed, dead } = killedAfter(2, hastyTransport());
    const [one, other] = [stack("one"), stack("other")];
    void one.model.up(programOf(program()), createRuntime(killed));
    await dead;
    const [left] = await peerIds();
    await other.up(program());
    expect(other.outputsOf("peer").peerId).not.toBe(left);
    await one.up(program());
    expect(one.outputsOf("peer")).toMatchObject({ peerId: left, name: "ns0", ip: "192.0.2.53" });
    expect(await peerIds()).toHaveLength(2);
  });
});

test("a peer that was made half-way is finished by the next up, by its own resource and no other", async () => {
  const { accountId } = services().simulator;
  const peer = (name: string): Wanted => ({
    kind: "transferPeer",
    inputs: { accountId, name, ip: "192.0.2.53" },
  });
  const refused = { success: false, errors: [{ code: 1004, message: "no" }], messages: [], result: null };
  await services().fault({ method: "PUT", fault: { kind: "status", status: 400, body: refused } });
  const program = stack();
  const { first } = await program.failing({ first: peer("ns0") });
  expect(first).toContain('update peer "ns0"');
  await program.refresh();
  await program.up({ second: peer("ns0"), first: peer("ns0") });
  expect(await peerIds()).toHaveLength(2);
  const { peers } = await services().state();
  expect(Object.values(peers).map(({ name, ip }) => `${name} ${ip}`)).toEqual([
    "ns0 192.0.2.53",
    "ns0 192.0.2.53",
  ]);
});

test(`whatever is lost or killed, no object is in two states (${SEQUENCES} sequences)`, async () => {
  process.stdout.write(`two-stacks.test.ts: TWO_STACKS_SEED=${SEED} runs these sequences again\n`);
  const seen = await runTwoStacks({ runs: SEQUENCES, seed: SEED });
  expect(seen.sequences).toBe(SEQUENCES);
  process.stdout.write(`two-stacks.test.ts: ${JSON.stringify(seen)}\n`);
});
