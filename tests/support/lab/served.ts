import { until } from "../dns-processes";
import type { Lab } from "./lab";
import { askAll } from "./round";
import { judge } from "./verdict";
import { TTL } from "./zone-texts";

/**
 * Fails the test unless the zone answers and validates now: for a resolver with any cache that it may have,
 * and, validated wherever the parent has a DS, for one that knows nothing yet.
 */
export async function expectServed({ zone, parent, resolvers }: Lab): Promise<void> {
  const seen = await askAll(resolvers, zone);
  const { faults, notValidated } = judge(seen, parent.history, TTL);
  const isSecure = parent.history.current.length > 0;
  const wrongly = seen
    .filter(({ what, isAuthentic }) => what.startsWith(resolvers.forgetful.name) && isAuthentic !== isSecure)
    .map(({ what }) => `${what}: ${isSecure ? "no AD" : "AD"}`);
  expect([...faults, ...notValidated, ...wrongly]).toEqual([]);
}

/** Waits until a resolver that remembers what the parent had before has learnt what it has now. */
export async function untilKnown({ zone, parent, resolvers }: Lab): Promise<void> {
  await until(
    "both resolvers know what the parent has",
    async () => {
      const isSecure = parent.history.current.length > 0;
      const seen = await askAll(resolvers, zone);
      return seen.every(({ isAuthentic }) => isAuthentic === isSecure);
    },
    () => `${resolvers.remembering.complaints()}\n${resolvers.forgetful.complaints()}`,
  );
}
