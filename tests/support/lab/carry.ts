import { publishedDs } from "../../../simulator/hostup/published-ds";
import type { DsText } from "./ds";
import type { Ground } from "./ground";

/** The registry: whatever HostUp publishes is put into the parent's zone, and the primary is told. */
export function startCarrying({ lab, child, control, domainId }: Ground): { end(): Promise<void> } {
  let isOver = false;
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
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const carrying = carry();
  return {
    end: async () => {
      isOver = true;
      await carrying;
    },
  };
}
