import { publishedDs } from "../../../simulator/hostup/published-ds";
import { until } from "../dns-processes";
import type { DsText } from "./ds";
import type { Ground } from "./ground";

export interface Carrying {
  /** When the parent has what HostUp publishes now. */
  done(): Promise<void>;
  end(): Promise<void>;
}

/** The registry: whatever HostUp publishes is put into the parent's zone, and the primary is told. */
export function startCarrying({ lab, child, control, domainId }: Ground): Carrying {
  let isOver = false;
  let rounds = 0;
  const carry = async () => {
    while (!isOver) {
      const domain = (await control.state()).domains[domainId];
      const wanted: readonly DsText[] = domain === undefined ? [] : [...publishedDs(domain)].sort();
      const before = lab.parent.history.current;
      if (wanted.join() !== [...before].sort().join()) {
        await lab.parent.setDs(wanted);
        const added = wanted.filter((ds) => !before.includes(ds));
        const removed = before.filter((ds) => !wanted.includes(ds));
        await child.tellOfDs(added, removed);
      }
      rounds += 1;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const carrying = carry();
  return {
    async done() {
      // The round that is under way may have looked too early.
      const last = rounds + 2;
      await until("the parent has what HostUp publishes", async () => rounds >= last);
    },
    end: async () => {
      isOver = true;
      await carrying;
    },
  };
}
