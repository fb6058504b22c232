import fc from "fast-check";
import { createRuntime } from "../../provider/runtime/create-runtime";
import { type FaultRule, startSimulator } from "../../simulator";
import { type Control, controlOf } from "./control";
import { freshRuntime, hastyTransport, killedAfter, ModelStack, type Wanted } from "./engine-runs";
import { simulatorConfig } from "./handlers";

const SECRETS = [1, 2].map((byte) => Buffer.alloc(64, byte).toString("base64"));

type Step =
  | { readonly kind: "up"; readonly who: readonly number[]; readonly wish: readonly boolean[] }
  | {
      readonly kind: "killed up";
      readonly who: readonly number[];
      readonly wish: readonly boolean[];
      readonly calls: number;
    }
  | { readonly kind: "destroy"; readonly who: readonly number[] }
  | { readonly kind: "refresh"; readonly who: readonly number[] };

const who = fc.subarray([0, 1], { minLength: 1 });
const wish = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("up" as const), who, wish }),
  fc.record({ kind: fc.constant("killed up" as const), who, wish, calls: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant("destroy" as const), who }),
  fc.record({ kind: fc.constant("refresh" as const), who }),
);
const fault: fc.Arbitrary<Partial<FaultRule> & Pick<FaultRule, "fault">> = fc.record({
  method: fc.constantFrom("POST" as const, "PUT" as const, "DELETE" as const),
  count: fc.constantFrom(1, 2),
  after: fc.constantFrom(0, 1),
  fault: fc.constantFrom<FaultRule["fault"]>(
    { kind: "lost-answer" },
    { kind: "truncated" },
    { kind: "reset" },
    { kind: "delay", milliseconds: 5 },
  ),
});
const sequences = fc.array(fc.tuple(step, fc.array(fault, { maxLength: 2 })), { minLength: 2, maxLength: 5 });

/** Names are the same in both stacks, and so is all else but the secrets that are given. */
function programFor(accountId: string, index: number, wanted: readonly boolean[]) {
  const peer = (port: number): Wanted => ({
    kind: "transferPeer",
    inputs: { accountId, name: "ns0", ip: "192.0.2.53", port },
  });
  const key = (name: string, more: object): Wanted => ({
    kind: "tsig",
    inputs: { accountId, name: "cf.example.", __owner: `project/stack-${index}/${name}`, ...more },
  });
  const all: [string, Wanted][] = [
    ["peer", peer(53)],
    ["other peer", peer(54)],
    ["generated", key("generated", {})],
    ["given", key("given", { secret: SECRETS[index] })],
  ];
  return new Map(all.filter((_, position) => wanted[position]));
}

/** Two stacks run at once, lose answers and are killed; after each step each has its own objects and no others. */
export async function runTwoStacks({ runs, seed }: { readonly runs: number; readonly seed: number }) {
  const seen = { sequences: 0, steps: 0, killed: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      const control = controlOf(await startSimulator({ rateLimit: { requests: 1_000_000, seconds: 300 } }));
      const { accountId } = control.simulator;
      const stacks = ["one", "other"].map((name) => new ModelStack(simulatorConfig(control.simulator), name));
      try {
        for (const [step, faults] of sequence) {
          const before = await standing(control);
          for (const each of faults) await control.fault(each);
          await Promise.all(
            stacks.map(async (stack, index) => {
              if (!step.who.includes(index)) return;
              const { killed = 0, refused = 0 } = await take(step, stack, index, accountId);
              seen.killed += killed;
              seen.refused += refused;
            }),
          );
          await control.clearFaults();
          await expectOwn(stacks, step, before, control);
          seen.steps += 1;
        }
        for (const stack of stacks) await stack.destroy(freshRuntime());
        for (const stack of stacks) expect([...stack.state.keys()]).toEqual([]);
        seen.sequences += 1;
      } finally {
        await control.simulator.close();
      }
    }),
    { seed, numRuns: runs },
  );
  return seen;
}

async function take(
  step: Step,
  stack: ModelStack,
  index: number,
  accountId: string,
): Promise<{ killed?: number; refused?: number }> {
  switch (step.kind) {
    case "destroy":
      await stack.destroy(freshRuntime());
      return {};
    case "refresh":
      await stack.refresh(freshRuntime());
      return {};
    case "up": {
      const errors = await stack.up(programFor(accountId, index, step.wish), freshRuntime());
      return { refused: errors.size };
    }
    case "killed up": {
      const { killed, dead } = killedAfter(step.calls, hastyTransport());
      const up = stack.up(programFor(accountId, index, step.wish), createRuntime(killed));
      const end = await Promise.race([dead.then(() => "killed"), up]);
      return { killed: end === "killed" ? 1 : 0 };
    }
  }
}

async function standing(control: Control): Promise<readonly string[]> {
  const { tsigs, peers, accounts } = await control.state();
  const [account = ""] = Object.keys(accounts);
  return [...Object.keys(tsigs), ...Object.keys(peers)].map((id) => `${account}/${id}`);
}

/** No object is in two states, and a stack that did nothing has lost nothing. */
async function expectOwn(
  stacks: readonly ModelStack[],
  { who }: Step,
  before: readonly string[],
  control: Control,
): Promise<void> {
  const ids = stacks.map(({ state, condemned }) => [
    ...new Set([...state.values(), ...condemned].map(({ saved }) => saved.id)),
  ]);
  const all = ids.flat();
  expect(all.length).toBe(new Set(all).size);
  const after = await standing(control);
  const idle = ids.filter((_, index) => !who.includes(index)).flat();
  expect(after).toEqual(expect.arrayContaining(idle.filter((id) => before.includes(id))));
}
