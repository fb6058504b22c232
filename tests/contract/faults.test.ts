import "../support/one-realm";
import fc from "fast-check";
import { startSimulator } from "../../simulator";
import { controlOf } from "../support/control";
import { steps } from "../support/faults/steps";
import { User } from "../support/faults/user";

const SEQUENCES = Number(process.env.FAULTS_RUNS ?? 300);
const LANES = 4;
/** One that once found a fault. Others find others: give one by FAULTS_SEED. */
const SEED = Number(process.env.FAULTS_SEED ?? 338_145_838);

jest.setTimeout(300_000);

/** Waits for Retry-After overlap when some sequences run beside each other, each on a simulator of its own. */
test(`whatever fails on the way, a plain up ends with each object once and the state true (${SEQUENCES} sequences)`, async () => {
  // What is taken over is told, and must not tell its secret either.
  const log = jest.spyOn(console, "log").mockImplementation(() => {});
  process.stdout.write(`faults.test.ts: FAULTS_SEED=${SEED} runs these sequences again\n`);
  const seen = { runs: 0, adopted: 0, killed: 0, sequences: 0 };
  const lane = (number: number) =>
    fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const simulator = await startSimulator({
          zones: 1,
          rateLimit: { requests: 1_000_000, seconds: 300 },
          // A record that is sent twice must show.
          switches: { hostupPendingReads: 0, hostupDsDuplicate: "second-row" },
        });
        try {
          const user = await User.at(controlOf(simulator));
          for (const step of sequence) await user.do(step);
          await user.end();
          seen.sequences += 1;
          seen.runs += user.failures.runs;
          seen.adopted += user.failures.adopted;
          seen.killed += user.failures.killed;
        } finally {
          await simulator.close();
        }
      }),
      {
        seed: SEED + number,
        numRuns: Math.ceil(SEQUENCES / LANES),
        interruptAfterTimeLimit: 240_000,
        markInterruptAsFailure: true,
      },
    );
  const ends = await Promise.allSettled(Array.from({ length: LANES }, (_, number) => lane(number)));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  expect(log.mock.calls.flat().filter((line) => /[A-Za-z0-9+/]{80}/.test(String(line)))).toEqual([]);
  log.mockRestore();
  process.stdout.write(`faults.test.ts: ${JSON.stringify(seen)}\n`);
});
