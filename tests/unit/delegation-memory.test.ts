import { rememberDelegations, type SeenDelegation } from "../../provider/chain/view/delegation-memory";
import { HOUR, NAME_SERVERS, parentWith } from "../support/chain-views";

const NOW = 1_000_000_000;
const here: SeenDelegation = { hosts: NAME_SERVERS, ttl: HOUR };
const away: SeenDelegation = { hosts: ["ns1.elsewhere.test"], ttl: HOUR };
const looked = (
  kept: readonly SeenDelegation[],
  delegation: SeenDelegation | undefined,
  more: Parameters<typeof parentWith>[1] = {},
  now = NOW,
) => rememberDelegations(kept, parentWith("", { delegation, ...more }), now);

test("a delegation is kept once, for as long as it stands", () => {
  expect(looked([], here)).toEqual([here]);
  expect(looked([here], here)).toEqual([here]);
});

test("one that has gone is kept until its TTL is over", () => {
  const gone = { ...here, goneAt: NOW };
  expect(looked([here], away)).toEqual([gone, away]);
  expect(looked([gone, away], away, {}, NOW + HOUR * 1_000 - 1)).toEqual([gone, away]);
  expect(looked([gone, away], away, {}, NOW + HOUR * 1_000)).toEqual([away]);
});

test("one that lives shorter than before is held for the longer time by those who have it", () => {
  const short = { ...here, ttl: 60 };
  expect(looked([here], short)).toEqual([{ ...here, goneAt: NOW }, short]);
});

test("what a resolver says of the TTL is what is left of it", () => {
  expect(looked([here], { ...here, ttl: 60 }, { source: "resolver" })).toEqual([here]);
});

test("one that a resolver alone tells of ends no other, since the resolver may hold it from before", () => {
  const resolver = { source: "resolver" } as const;
  expect(looked([here], away, resolver)).toEqual([here, away]);
  expect(looked([here, away], away, resolver)).toEqual([here, away]);
  expect(looked([here, away], here)).toEqual([here, { ...away, goneAt: NOW }]);
});

test("where nobody says, what was kept is kept", () => {
  expect(looked([here], undefined)).toEqual([here]);
});
