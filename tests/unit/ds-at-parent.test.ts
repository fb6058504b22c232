import { seenAtParent } from "../../provider/chain/view/ds-at-parent";
import type { ParentView } from "../../provider/chain/view/parent-view";
import type { DsData } from "../../provider/dns/ds";

const digest = "5A".repeat(32);
const [one, two]: readonly [DsData, DsData] = [
  { keyTag: 1, algorithm: 13, digestType: 2, digest },
  { keyTag: 2, algorithm: 13, digestType: 2, digest },
];
const showing = (...ds: DsData[]): ParentView => ({
  kind: "seen",
  source: "parent",
  now: { ds, ttl: 3600 },
  byResolver: { ds, ttl: 3600 },
  delegation: undefined,
});
const UNKNOWN: ParentView = { kind: "unknown", why: "the resolver does not say" };
const [THEN, NOW] = [1_000, 2_000];
const before = { records: [one], since: new Date(THEN).toISOString() };

describe("the DS at the parent", () => {
  test("is first seen now, in one order", () => {
    const since = new Date(NOW).toISOString();
    expect(seenAtParent(undefined, showing(two, one), NOW)).toEqual({ records: [one, two], since });
    expect(seenAtParent(before, showing(two), NOW)).toEqual({ records: [two], since });
  });

  test("is there since it was first seen, as long as it stays the same set", () => {
    expect(seenAtParent(before, showing(one), NOW)).toBe(before);
  });

  test("is no more once the parent has none", () => {
    expect(seenAtParent(before, showing(), NOW)).toBeUndefined();
    expect(seenAtParent(undefined, showing(), NOW)).toBeUndefined();
  });

  test.each([
    ["cannot be queried", UNKNOWN],
    ["was not asked", undefined],
  ])("is what it was last where the parent %s", (_what, parent) => {
    expect(seenAtParent(before, parent, NOW)).toBe(before);
  });
});
