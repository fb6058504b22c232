import type { ParentView } from "../../provider/chain/view/parent-view";
import { untilUsable } from "../../provider/runtime/hostup-ds-set/until-usable";

const standing = {
  ds: [{ keyTag: 1, algorithm: 13, digestType: 2, digest: "AB".repeat(32) }],
  ttl: 3_600,
};
const parent = (
  source: "parent" | "resolver",
  now: typeof standing | { ds: []; ttl: number },
): ParentView => ({
  kind: "seen",
  source,
  now,
  byResolver: now,
  delegation: undefined,
});

/** A DS whose keys resolvers know in an hour, where there is a minute to wait. */
function publishing(seen: ParentView, listed = standing.ds) {
  const set = { zoneName: "example.com", missing: standing.ds, listed, waitForRemoval: 60 };
  const look = { parent: seen, usableAt: Date.now() + 3_600_000 };
  return untilUsable({ isForced: () => false }, set, look);
}

beforeEach(() => {
  jest.spyOn(console, "log").mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

test("one that stands at the parent and not at HostUp may be on its way out, so another waits beside it", async () => {
  expect((await publishing(parent("parent", standing), [])).kind).toBe("later");
});

test("a DS is published at once beside one that the parent's own servers have", async () => {
  expect((await publishing(parent("parent", standing))).kind).toBe("now");
});

test.each([
  ["is the first one", parent("parent", { ds: [], ttl: 0 })],
  ["may be, since only a resolver says that another stands", parent("resolver", standing)],
  ["may be, since the parent cannot be queried", { kind: "unknown", why: "no answer" } as const],
])("a DS that %s waits until resolvers know its keys", async (_what, seen) => {
  expect((await publishing(seen)).kind).toBe("later");
});
