import fc from "fast-check";
import { FOREIGN_PEER, OTHER_FOREIGN_PEER } from "./peers";
import { outputsOf, type Subject, type World, zoneIn } from "./subject";

/** As only people set it. */
const BY_HAND = 7_200;

export const incoming: Subject = {
  kind: "incomingTransfer",
  wishes: {
    incoming: fc.record({ autoRefreshSeconds: fc.constantFrom(300, 86_400) }),
  },
  target: ({ zones: [zone] }) => ({ zoneId: zone?.id, name: zone?.name, peers: [FOREIGN_PEER] }),
  changes: {
    "link a zone by hand": (world) => {
      const { name, incoming: standing } = zoneIn(world);
      if (standing || outputsOf(world, "incoming")) return undefined;
      const time = new Date(0).toISOString();
      const times = { created_time: time, modified_time: time };
      return changed(world, { name, peers: [OTHER_FOREIGN_PEER], auto_refresh_seconds: BY_HAND, ...times });
    },
    "unlink the peers": (world) => outputsOf(world, "incoming") && changed(world, { peers: [] }),
    "delete an incoming transfer": (world) => outputsOf(world, "incoming") && changed(world, null),
  },
  standing: byHand,
  check(world) {
    const outputs = outputsOf(world, "incoming");
    const { incoming: standing } = zoneIn(world);
    if (!outputs) expect(standing?.auto_refresh_seconds ?? BY_HAND).toBe(BY_HAND);
    else
      expect(standing).toMatchObject({
        peers: outputs.peers,
        auto_refresh_seconds: outputs.autoRefreshSeconds,
      });
  },
};

/** What the program made is not put back, also when a killed run had made it. */
function byHand(world: World): boolean {
  return zoneIn(world).incoming?.auto_refresh_seconds === BY_HAND;
}

function changed(world: World, change: object | null): object | undefined {
  const { id, incoming: standing } = zoneIn(world);
  return standing || change === null || "name" in change
    ? { zones: { [id]: { incoming: change } } }
    : undefined;
}
