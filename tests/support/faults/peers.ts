import fc from "fast-check";
import { byId, outputsOf, type Subject, savedOf, type World } from "./subject";

/** Stands there all the time, and is somebody else's; the program's zone is transferred from it. */
export const FOREIGN_PEER = "f".repeat(32);
/** The same; zones are linked to it by hand. */
export const OTHER_FOREIGN_PEER = "e".repeat(32);
const NAMES = ["a", "b"];

export function foreignPeers(accountId: string): object {
  const peer = { accountId, name: NAMES[0], ip: "127.0.0.99", port: 53 };
  return { peers: { [FOREIGN_PEER]: peer, [OTHER_FOREIGN_PEER]: peer } };
}

const name = fc.constantFrom(...NAMES);
const ixfrEnable = fc.boolean();
const ip = fc.constantFrom("127.0.0.53", "::1");

export const peers: Subject = {
  kind: "transferPeer",
  // Never equal: beside one that is, a create is refused.
  wishes: {
    peer: fc.record({ name, ip, ixfrEnable, port: fc.constant(53) }),
    "other peer": fc.record({ name, ip, ixfrEnable, port: fc.constant(54) }),
  },
  unmarked: ["peer", "other peer"],
  target: ({ accountId }) => ({ accountId }),
  changes: {
    "delete a peer": (world) => changed(world, "peer", null),
    "move a peer": (world) => changed(world, "other peer", { ip: "127.0.0.1" }),
  },
  check(world) {
    const said = savedOf(world, peers).map(({ peerId: id, accountId, name, ip, port, ixfrEnable }) => ({
      id,
      accountId,
      name,
      ip,
      port,
      ixfr_enable: ixfrEnable,
      tsig_id: "",
    }));
    const { [FOREIGN_PEER]: foreign, [OTHER_FOREIGN_PEER]: other, ...ours } = world.server.peers;
    expect([foreign?.ip, other?.ip]).toEqual(["127.0.0.99", "127.0.0.99"]);
    expect(byId(Object.values(ours))).toEqual(byId(said));
  },
};

function changed(world: World, slot: string, to: object | null): object | undefined {
  const id = outputsOf(world, slot)?.peerId;
  return typeof id === "string" && id in world.server.peers ? { peers: { [id]: to } } : undefined;
}
