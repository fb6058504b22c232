import type { Lab } from "./lab";
import { judge, summaryOf } from "./verdict";
import { watch } from "./watch";
import { TTL } from "./zone-texts";

/**
 * Watches the zone while something is done, and fails the test if a resolver has been given anything but the
 * right answer meanwhile, validated wherever the parent had a DS.
 */
export async function expectUnbroken(lab: Lab, what: string, act: () => Promise<void>): Promise<void> {
  const watching = watch(lab.resolvers, lab.zone);
  try {
    await act();
  } finally {
    await watching.end();
  }
  const verdict = judge(watching.seen, lab.parent.history, TTL);
  expect({ faults: verdict.faults, notValidated: verdict.notValidated }).toEqual({
    faults: [],
    notValidated: [],
  });
  console.info(`${what}: ${summaryOf(verdict)}`);
}
