import { dsOf } from "../../provider/dns/ds";
import { signedFor } from "../../provider/runtime/hostup-ds-set/standing";
import { key, ZONE } from "../support/chain-views";

const NOW = 1_000_000_000;
const ds = [dsOf(ZONE, key("a"), 2)];
const known = { keyTtl: 300, pastUntil: 0 };

test("a zone that is seen signed is so from then on, for the longest TTL of its keys", () => {
  const first = signedFor(undefined, ds, known, NOW);
  expect(first).toMatchObject({ since: NOW, keyTtl: 300 });
  expect(signedFor(first, ds, { ...known, keyTtl: 60 }, NOW + 1_000)).toEqual(first);
  expect(signedFor(first, [dsOf(ZONE, key("b"), 2)], known, NOW + 1_000)).toMatchObject({
    since: NOW + 1_000,
  });
});

test("what was signed by others before counts until resolvers have forgotten their keys, from whenever they were told", () => {
  const day = NOW + 86_400_000;
  expect(signedFor(undefined, ds, { ...known, pastUntil: day }, NOW)).toMatchObject({ keyTtl: 86_400 });
  const first = signedFor(undefined, ds, known, NOW - 10_000);
  expect(signedFor(first, ds, { ...known, pastUntil: day }, NOW)).toMatchObject({
    since: NOW - 10_000,
    keyTtl: 86_410,
  });
});
