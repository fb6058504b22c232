import fc from "fast-check";
import { byId, outputsOf, type Subject, savedOf, type World } from "./subject";

const name = fc.constantFrom("a", "b");

export const acls: Subject = {
  kind: "transferAcl",
  // Never equal: beside one that is, a create is refused.
  wishes: {
    acl: fc.record({ name, ipRange: fc.constantFrom("192.0.2.53/32", "2001:db8::/64") }),
    "other acl": fc.record({ name, ipRange: fc.constant("198.51.100.0/24") }),
  },
  unmarked: ["acl", "other acl"],
  target: ({ accountId }) => ({ accountId }),
  changes: {
    "delete an ACL": (world) => changed(world, "acl", null),
    "widen an ACL": (world) => changed(world, "other acl", { ip_range: "203.0.113.0/24" }),
  },
  check(world) {
    const said = savedOf(world, acls).map(({ aclId: id, accountId, name, ipRange: ip_range }) => ({
      id,
      accountId,
      name,
      ip_range,
    }));
    expect(byId(Object.values(world.server.acls))).toEqual(byId(said));
  },
};

function changed(world: World, slot: string, to: object | null): object | undefined {
  const id = outputsOf(world, slot)?.aclId;
  return typeof id === "string" && id in world.server.acls ? { acls: { [id]: to } } : undefined;
}
