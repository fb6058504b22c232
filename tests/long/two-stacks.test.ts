import "../support/one-realm";
import { runTwoStacks } from "../support/two-stacks";

const SEQUENCES = Number(process.env.TWO_STACKS_RUNS ?? 1_000);
const SEED = Number(process.env.TWO_STACKS_SEED ?? Date.now() % 2 ** 31);
jest.setTimeout(1_800_000);

test(`whatever is lost or killed, no object is in two states (${SEQUENCES} sequences)`, async () => {
  jest.spyOn(console, "log").mockImplementation(() => {});
  process.stdout.write(`two-stacks.test.ts: TWO_STACKS_SEED=${SEED} runs these sequences again\n`);
  const seen = await runTwoStacks({ runs: SEQUENCES, seed: SEED });
  expect(seen.sequences).toBe(SEQUENCES);
  process.stdout.write(`two-stacks.test.ts: ${JSON.stringify(seen)}\n`);
});
