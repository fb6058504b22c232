import { isAtLeast } from "../../provider/dns/serial-order";

const HALF = 2 ** 31;
const LAST = 2 ** 32 - 1;

/** RFC 1982 section 5.2 gives the first ones. */
test.each([
  ["the same", 7, 7, true],
  ["the next", 8, 7, true],
  ["the one before", 6, 7, false],
  ["a date's next day", 2_026_112_201, 2_026_112_199, true],
  ["the first after the last", 0, LAST, true],
  ["the last after the first", LAST, 0, false],
  ["one far behind the end", 100, LAST - 100, true],
  ["the furthest that is still later", HALF - 1, 0, true],
  ["one step further", HALF + 1, 0, false],
  ["exactly half round, which has no order", HALF, 0, false],
  ["exactly half round, the other way", 0, HALF, false],
])("%s: %d is at least %d: %s", (_what, serial, other, answer) => {
  expect(isAtLeast(serial, other)).toBe(answer);
});
