import "../support/guard-model/world-without-waits";
import "../support/one-realm";
import { runModel } from "../support/guard-model/run";

const STEPS = Number(process.env.GUARD_STEPS ?? 10_000);
const UNGUARDED_STEPS = Math.ceil(STEPS / 10);
/** Others see other sequences: give one by GUARD_SEED. */
const SEED = Number(process.env.GUARD_SEED ?? 77);

jest.setTimeout(1_800_000);

beforeAll(() => {
  process.stdout.write(`guard-model.test.ts: GUARD_SEED=${SEED} runs these steps again\n`);
});

beforeEach(() => {
  jest.spyOn(console, "log").mockImplementation(() => {});
});

afterEach(() => {
  delete process.env.SECONDARY_DNS_FORCE;
  jest.useRealTimers();
  jest.restoreAllMocks();
});

test(`whatever happens to a zone, the program takes no answer away that a validating resolver had (${STEPS} steps)`, async () => {
  const tally = await runModel({ steps: STEPS, seed: SEED, stopsAtFault: true });
  process.stdout.write(`guard-model.test.ts: ${JSON.stringify(tally)}\n`);
  expect(tally.steps).toBeGreaterThanOrEqual(STEPS);
  expect(tally).toMatchObject({ faults: 0 });
});

/** The control: what the same steps come to where nobody stands guard. */
test(`with the guard taken out, the same steps find faults (${UNGUARDED_STEPS} steps)`, async () => {
  process.env.SECONDARY_DNS_FORCE = "zone-0000.example";
  const tally = await runModel({ steps: UNGUARDED_STEPS, seed: SEED, stopsAtFault: false });
  process.stdout.write(`guard-model.test.ts, without the guard: ${JSON.stringify(tally)}\n`);
  expect(tally.faults).toBeGreaterThan(0);
});
