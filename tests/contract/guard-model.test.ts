import "../support/guard-model/world-without-waits";
import "../support/one-realm";
import { runModel } from "../support/guard-model/run";

const STEPS = Number(process.env.GUARD_STEPS ?? 300);
/** Others see other sequences: give one by GUARD_SEED. */
const SEED = Number(process.env.GUARD_SEED ?? 77);

jest.setTimeout(600_000);

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test(`whatever happens to a zone, the program takes no answer away that a validating resolver had (${STEPS} steps)`, async () => {
  jest.spyOn(console, "log").mockImplementation(() => {});
  process.stdout.write(`guard-model.test.ts: GUARD_SEED=${SEED} runs these steps again\n`);
  const tally = await runModel({ steps: STEPS, seed: SEED, stopsAtFault: true });
  process.stdout.write(`guard-model.test.ts: ${JSON.stringify(tally)}\n`);
  expect(tally).toMatchObject({ faults: 0 });
});
