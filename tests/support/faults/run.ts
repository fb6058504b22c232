import fc from "fast-check";
import { startSimulator } from "../../../simulator";
import { controlOf } from "../control";
import { steps } from "./steps";
import { User } from "./user";

/** How often what happened. */
interface Tally {
  runs: number;
  adopted: number;
  killed: number;
  sequences: number;
}

/** Waits for Retry-After overlap when some sequences run beside each other, each on a simulator of its own. */
const LANES = 4;

/** Goes through random sequences of what a user does while calls fail; throws the first that ends badly. */
async function runFaults({ sequences, seed }: { sequences: number; seed: number }): Promise<Tally> {
  const seen: Tally = { runs: 0, adopted: 0, killed: 0, sequences: 0 };
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
        seed: seed + number,
        numRuns: Math.ceil(sequences / LANES),
        interruptAfterTimeLimit: 240_000,
        markInterruptAsFailure: true,
      },
    );
  const ends = await Promise.allSettled(Array.from({ length: LANES }, (_, number) => lane(number)));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return seen;
}

/** Registers the test, of as many sequences. `FAULTS_RUNS` and `FAULTS_SEED` take others. */
export function testFaults(usual: number): void {
  const sequences = Number(process.env.FAULTS_RUNS ?? usual);
  /** One that once found a fault. */
  const seed = Number(process.env.FAULTS_SEED ?? 338_145_838);
  const title = `whatever fails on the way, a plain up ends with each object once and the state true (${sequences} sequences)`;
  const run = async () => {
    // What is taken over is told, and must not tell its secret either.
    const log = jest.spyOn(console, "log").mockImplementation(() => {});
    process.stdout.write(`faults.test.ts: FAULTS_SEED=${seed} runs these sequences again\n`);
    const seen = await runFaults({ sequences, seed });
    expect(seen.sequences).toBeGreaterThanOrEqual(sequences);
    expect(log.mock.calls.flat().filter((line) => /[A-Za-z0-9+/]{80}/.test(String(line)))).toEqual([]);
    log.mockRestore();
    process.stdout.write(`faults.test.ts: ${JSON.stringify(seen)}\n`);
  };
  test(title, run, 300_000);
}
