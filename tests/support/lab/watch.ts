import { until } from "../dns-processes";
import type { Resolver } from "./resolver";
import { askAll, type Outcome, type Resolvers, type Seen } from "./round";

export interface Watch {
  /** What has been answered so far. */
  readonly seen: readonly Seen[];
  /** Waits until a resolver has given such an answer. */
  untilSays(resolver: Resolver, wanted: Outcome): Promise<void>;
  /** Asks no more; answers all there was, once the last question is answered. */
  end(): Promise<readonly Seen[]>;
}

/** Asks resolvers again and again what a zone has, whether or not they have answered yet. */
export function watch(resolvers: Resolvers, zone: string, everyMs = 200): Watch {
  const seen: Seen[] = [];
  const rounds = new Set<Promise<unknown>>();
  const ask = () => {
    const round = askAll(resolvers, zone).then((answers) => {
      seen.push(...answers);
      rounds.delete(round);
    });
    rounds.add(round);
  };
  ask();
  const timer = setInterval(ask, everyMs);
  return {
    seen,
    untilSays: async ({ name }, wanted) => {
      await until(`the ${name} resolver says ${wanted}`, async () =>
        seen.some(({ what, outcome }) => what.startsWith(name) && outcome === wanted),
      );
    },
    end: async () => {
      clearInterval(timer);
      await Promise.all(rounds);
      return seen;
    },
  };
}
