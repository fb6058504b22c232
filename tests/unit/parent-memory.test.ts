import { remember, savedParent, withPastKeys } from "../../provider/chain/view/parent-memory";
import { cannotBeAsked, ds, HOUR, NAME_SERVERS, parentWith } from "../support/chain-views";

const NOW = 1_000_000_000;

test("the DS and the delegation of a zone are kept, as they read back from state", () => {
  const memory = remember(undefined, parentWith("a"), HOUR, NOW);
  expect(memory).toEqual({
    ds: [{ ds: [ds("a")], ttl: HOUR, keyTtl: HOUR }],
    delegations: [{ hosts: NAME_SERVERS, ttl: HOUR }],
  });
  expect(savedParent.parse(JSON.parse(JSON.stringify(memory)))).toEqual(memory);
});

test("a parent that cannot be queried takes nothing away", () => {
  const memory = remember(undefined, parentWith("a"), HOUR, NOW);
  expect(remember(memory, cannotBeAsked, HOUR, NOW)).toEqual(memory);
});

test("keys of a signer from before are kept until no resolver can hold them, the longest of them", () => {
  const [minute, hour] = [60, 3_600];
  const left = withPastKeys(withPastKeys(undefined, hour, NOW), minute, NOW);
  expect(left).toMatchObject({ keysUntil: NOW + hour * 1_000 });
  expect(savedParent.parse(JSON.parse(JSON.stringify(left)))).toEqual(left);
  expect(remember(left, parentWith("a"), HOUR, NOW + minute)).toMatchObject({ keysUntil: left.keysUntil });
  expect(remember(left, parentWith("a"), HOUR, NOW + hour * 1_000)).not.toHaveProperty("keysUntil");
});

test.each([
  ["a DS that stands", { ds: [ds("a")], ttl: HOUR, keyTtl: HOUR }],
  ["a DS that has gone", { ds: [ds("a")], ttl: HOUR, keyTtl: HOUR, goneAt: NOW }],
])("%s, saved as the one that was kept once, reads as the only one", (_what, saved) => {
  expect(savedParent.parse(saved)).toEqual({ ds: [saved], delegations: [] });
});

test("what is neither is not read", () => {
  expect(savedParent.safeParse({ ds: [{ keyTag: "1" }] }).success).toBe(false);
});
