import fc from "fast-check";
import { FOREIGN_PEER } from "./peers";
import { outputsOf, type Subject, zoneIn } from "./subject";

export const incoming: Subject = {
  kind: "incomingTransfer",
  wishes: {
    incoming: fc.record({ autoRefreshSeconds: fc.constantFrom(300, 86_400) }),
  },
  target: ({ zones: [zone] }) => ({ zoneId: zone?.id, name: zone?.name, peers: [FOREIGN_PEER] }),
  changes: {
    "unlink the peers": (world) => {
      const { id, incoming: standing } = zoneIn(world);
      return standing ? { zones: { [id]: { incoming: { peers: [] } } } } : undefined;
    },
  },
  check(world) {
    const outputs = outputsOf(world, "incoming");
    const { incoming: standing } = zoneIn(world);
    expect(standing && { peers: standing.peers, autoRefreshSeconds: standing.auto_refresh_seconds }).toEqual(
      outputs ? { peers: outputs.peers, autoRefreshSeconds: outputs.autoRefreshSeconds } : null,
    );
  },
};
