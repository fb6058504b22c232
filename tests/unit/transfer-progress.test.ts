import {
  type Expectation,
  isTransferred,
  serialAdvice,
  type Transfers,
} from "../../provider/chain/guard/transfer-progress";

const at = (soa_serial: number | undefined, checked_time = "then"): Transfers => ({
  soa_serial,
  checked_time,
});
const quiet: Expectation = { serial: 5, isOpen: false };
const open: Expectation = { serial: 5, isOpen: true };
const unseen: Expectation = { serial: undefined, isOpen: false };

test.each<[what: string, before: Transfers, now: Transfers, expected: Expectation]>([
  ["the first serial, the primary's", at(undefined), at(5), open],
  ["a new serial, the primary's", at(4), at(5), open],
  ["a new serial, which the primary has had since", at(4), at(6), open],
  ["a new serial over the end of the numbers", at(4_294_967_295), at(5), open],
  ["a new serial of a primary that cannot be queried", at(4), at(3), unseen],
  ["the primary's serial, looked at again", at(5), at(5, "now"), quiet],
])("%s is transferred", (_what, before, now, expected) => {
  expect(isTransferred(before, now, expected)).toBe(true);
});

test.each<[what: string, before: Transfers, now: Transfers, expected: Expectation]>([
  ["no serial at all", at(undefined), at(undefined, "now"), unseen],
  ["a new serial, not yet the primary's", at(3), at(4, "now"), quiet],
  ["the old serial, looked at by a way that is not proven", at(5), at(5, "now"), open],
  ["the old serial, not looked at again", at(5), at(5), quiet],
  ["a serial ahead of the primary's, looked at again", at(9), at(9, "now"), quiet],
])("%s is not transferred", (_what, before, now, expected) => {
  expect(isTransferred(before, now, expected)).toBe(false);
});

test.each<[what: string, now: Transfers, expected: Expectation, advice: string | undefined]>([
  ["ahead of the primary's", at(9), quiet, "above 9, which Cloudflare has"],
  ["the same, by a way that is not proven", at(5), open, "while it stays the same, nobody can tell"],
  ["the same, by a way that is", at(5), quiet, undefined],
  ["behind the primary's", at(4), open, undefined],
  ["of a primary that cannot be queried", at(4), unseen, undefined],
  [
    "of a primary that cannot be queried, by a way that is not proven",
    at(4),
    { serial: undefined, isOpen: true },
    "while it stays the same, nobody can tell",
  ],
  ["missing", at(undefined), open, undefined],
])("advice on a serial that is %s: %s", (_what, now, expected, advice) => {
  const given = serialAdvice("example.com", now, expected);
  if (advice === undefined) expect(given).toBeUndefined();
  else expect(given).toMatch(new RegExp(`^Raise the SOA serial of example\\.com at its primary.*${advice}`));
});
