import { RecordedParents } from "../../provider/chain/run/recorded-parents";
import type { ParentMemory } from "../../provider/chain/view/parent-memory";
import type { ParentView } from "../../provider/chain/view/parent-view";

const dsOf = (keyTag: number) => ({ keyTag, algorithm: 13, digestType: 2, digest: "5A".repeat(32) });
const [OLD, NEW] = [dsOf(1), dsOf(2)];

const memoryOf = (...ds: ParentMemory["ds"]): ParentMemory => ({ ds, delegations: [] });
const shows = (ttl: number, ...ds: (typeof OLD)[]): Extract<ParentView, { kind: "seen" }> => ({
  kind: "seen",
  source: "parent",
  now: { ds, ttl },
  byResolver: { ds: [], ttl: 0 },
  delegation: undefined,
});
const recorded = (memory?: ParentMemory) => {
  const parents = new RecordedParents();
  parents.note("Example.com.", memory);
  return parents;
};

describe("of a zone whose signing stays in the program, a DS that is withdrawn", () => {
  test("is lacking where nothing is recorded of the parent", () => {
    expect(recorded().lacks("example.com", shows(3_600, NEW), [NEW])).toBe(true);
    expect(recorded(memoryOf()).lacks("example.com", shows(3_600, NEW), [NEW])).toBe(true);
  });

  test("is not lacking once it was seen there", () => {
    const parents = recorded(memoryOf({ ds: [NEW], ttl: 3_600, keyTtl: 60 }));
    expect(parents.lacks("example.com", shows(3_600, NEW), [NEW])).toBe(false);
  });

  test("is not lacking where the set of before a roll is recorded, unless it lived shorter", () => {
    const parents = recorded(memoryOf({ ds: [OLD], ttl: 3_600, keyTtl: 60 }));
    expect(parents.lacks("example.com", shows(3_600, NEW), [NEW])).toBe(false);
    expect(parents.lacks("example.com", shows(7_200, NEW), [NEW])).toBe(true);
  });

  test("is not lacking once a resolver showed it with less of its TTL", () => {
    const parents = recorded(memoryOf({ ds: [NEW], ttl: 100, keyTtl: 60 }));
    const byResolver = { ...shows(3_600, NEW), source: "resolver" } as const;
    expect(parents.lacks("example.com", byResolver, [NEW])).toBe(false);
    expect(parents.lacks("example.com", shows(3_600, NEW), [NEW])).toBe(true);
  });

  test("is lacking where all that is recorded had gone before", () => {
    const parents = recorded(memoryOf({ ds: [OLD], ttl: 3_600, keyTtl: 60, goneAt: 1 }));
    expect(parents.lacks("example.com", shows(3_600, NEW), [NEW])).toBe(true);
  });

  test("is not lacking where the parent does not show it, or nobody can be asked", () => {
    expect(recorded().lacks("example.com", shows(3_600, OLD), [NEW])).toBe(false);
    expect(recorded().lacks("example.com", { kind: "unknown", why: "timeout" }, [NEW])).toBe(false);
  });
});

test("of a zone that the program does not sign, nothing is lacking", () => {
  expect(recorded().lacks("example.net", shows(3_600, NEW), [NEW])).toBe(false);
});

test("what is recorded counts for one run", () => {
  const parents = recorded();
  parents.clear();
  expect(parents.has("example.com")).toBe(false);
});
