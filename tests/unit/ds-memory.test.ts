import { heldSets, rememberDs, type SeenDs } from "../../provider/chain/view/ds-memory";
import { ds, HOUR, parentWith } from "../support/chain-views";

const NOW = 1_000_000_000;
const later = (seconds: number) => NOW + seconds * 1_000;
const kept = (letters: string, more: Partial<SeenDs> = {}): SeenDs => ({
  ds: [...letters].map((letter) => ds(letter)),
  ttl: HOUR,
  keyTtl: HOUR,
  ...more,
});
const gone = (letters: string, more: Partial<SeenDs> = {}) => kept(letters, { goneAt: NOW, ...more });
const looked = (before: readonly SeenDs[], seen = parentWith(""), keyTtl = HOUR) =>
  rememberDs(before, seen, keyTtl, NOW);
const byResolver = (letters: string) => ({ ds: kept(letters).ds, ttl: HOUR });

describe("what is kept of the DS that a zone's parent shows", () => {
  test("is nothing of none", () => {
    expect(looked([])).toEqual([]);
  });

  test("is the set, once, with the TTLs that it has", () => {
    expect(looked([], parentWith("a"))).toEqual([kept("a")]);
    expect(looked([kept("a")], parentWith("a"))).toEqual([kept("a")]);
    expect(looked([kept("a")], parentWith("a"), 2 * HOUR)).toEqual([kept("a", { keyTtl: 2 * HOUR })]);
  });

  test("is, when it has gone, the time at which that was first seen", () => {
    expect(looked([kept("a")])).toEqual([gone("a")]);
    expect(rememberDs([gone("a")], parentWith(""), HOUR, later(60))).toEqual([gone("a")]);
  });

  test("is every set that resolvers may hold, when one takes the place of another", () => {
    expect(looked([gone("a"), kept("b")], parentWith("c"))).toEqual([gone("a"), gone("b"), kept("c")]);
  });

  test("is the same set twice, when it lives shorter than before", () => {
    const now = { ds: [ds("a")], ttl: 60 };
    expect(looked([kept("a")], parentWith("a", { now }))).toEqual([gone("a"), kept("a", { ttl: 60 })]);
  });

  test("is not what a resolver says of its TTL, which is what is left of it", () => {
    const seen = parentWith("a", { source: "resolver", now: { ds: [ds("a")], ttl: 60 } });
    expect(looked([kept("a")], seen)).toEqual([kept("a")]);
  });

  test("is also what a resolver still holds and the parent has no more", () => {
    expect(looked([], parentWith("", { byResolver: byResolver("a") }))).toEqual([gone("a")]);
  });

  test("is in doubt where a resolver alone denies one that it had not yet heard of", () => {
    const fresh = looked([], parentWith("a", { byResolver: byResolver("") }));
    expect(fresh).toEqual([kept("a", { isNew: true })]);
    expect(looked(fresh, parentWith("", { source: "resolver" }))).toEqual(fresh);
    expect(looked(fresh, parentWith(""))).toEqual([gone("a", { isNew: true })]);
  });
});

describe("what resolvers may hold", () => {
  test("is a DS for its TTL, and the keys that they trust by it for theirs", () => {
    const end = later(2 * HOUR);
    expect(heldSets([gone("a")], parentWith(""), end - 1)).toMatchObject([{ ttl: HOUR, until: end }]);
    expect(heldSets([gone("a")], parentWith(""), end)).toEqual([]);
    expect(rememberDs([gone("a")], parentWith(""), HOUR, end)).toEqual([]);
  });

  test("is not told again of what the parent shows", () => {
    expect(heldSets([kept("a")], parentWith("a"), NOW)).toEqual([]);
    expect(heldSets([kept("a")], { kind: "unknown", why: "" }, NOW)).toMatchObject([{ until: undefined }]);
  });
});
