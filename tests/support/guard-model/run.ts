import fc from "fast-check";
import { Model } from "./model";
import { describeOutcome, faultOf, type Outcome } from "./outcome";
import { type Sequence, sequences } from "./sequences";

/** Sequences that one seed makes; the next ones come of the next seed. */
const OF_A_SEED = 10;

export interface Tally {
  steps: number;
  /** Runs of the program by how they ended. */
  done: number;
  refused: number;
  failed: number;
  /** Runs of the program that began with a zone that answered and validated. */
  well: number;
  /** Those of them with a DS at the parent or in some cache. */
  secure: number;
  /** Steps that took an answer away: see `faultOf`. */
  faults: number;
}

export interface Played {
  readonly outcomes: readonly Outcome[];
  /** A line for each step, and before them one for each fault. */
  readonly story: string;
  readonly faults: readonly string[];
}

/** Goes through a sequence. */
export async function play({ steps, ...surroundings }: Sequence): Promise<Played> {
  const model = await Model.start(surroundings);
  const outcomes: Outcome[] = [];
  const lines: string[] = [];
  try {
    for (const step of steps) {
      const outcome = await model.do(step);
      outcomes.push(outcome);
      lines.push(describeOutcome(outcome));
    }
  } finally {
    await model.stop();
  }
  const faults = outcomes.flatMap((outcome) => faultOf(outcome) ?? []);
  return { outcomes, faults, story: [...faults.map((fault) => `FAULT ${fault}`), ...lines].join("\n") };
}

export interface Wanted {
  readonly steps: number;
  readonly seed: number;
  /** Whether the first fault ends it, with the sequence shrunk to what it needs; else they are counted. */
  readonly stopsAtFault: boolean;
}

/** So many steps and a few more, in sequences from a seed. */
export async function runModel({ steps, seed, stopsAtFault }: Wanted): Promise<Tally> {
  const tally: Tally = { steps: 0, done: 0, refused: 0, failed: 0, well: 0, secure: 0, faults: 0 };
  for (let batch = 0; tally.steps < steps; batch += 1) {
    const property = fc.asyncProperty(sequences, async (sequence) => {
      const { outcomes, faults, story } = await play(sequence);
      for (const outcome of outcomes) count(tally, outcome);
      tally.faults += faults.length;
      if (faults.length > 0 && stopsAtFault) throw new Error(story);
    });
    await fc.assert(property, { seed: seed + batch, numRuns: OF_A_SEED });
  }
  return tally;
}

function count(tally: Tally, { run, before, isSecure }: Outcome): void {
  tally.steps += 1;
  if (run === undefined) return;
  if (run.outcome === "refused" || run.outcome === "failed") tally[run.outcome] += 1;
  else tally.done += 1;
  if (before.length > 0) return;
  tally.well += 1;
  if (isSecure) tally.secure += 1;
}
