import fc from "fast-check";
import { isNewer } from "../../simulator/dns/serial";

const HALF = 2 ** 31;

test.each([
  [1, 0, true],
  [0, 1, false],
  [7, 7, false],
  [0, 0xffff_ffff, true],
  [0xffff_ffff, 0, false],
  [44, 4_294_967_290, true],
  [HALF - 1, 0, true],
  [HALF, 0, false],
  [0, HALF, false],
  [HALF + 1, 0, false],
])("serial %d is newer than %d: %s", (serial, than, expected) => {
  expect(isNewer(serial, than)).toBe(expected);
});

test("of two serials one is newer, unless they are equal or half the circle apart", () => {
  const serial = fc.integer({ min: 0, max: 0xffff_ffff });
  fc.assert(
    fc.property(serial, serial, (one, other) => {
      const apart = (one - other) >>> 0;
      const newer = [isNewer(one, other), isNewer(other, one)].filter(Boolean);
      expect(newer).toHaveLength(apart === 0 || apart === HALF ? 0 : 1);
    }),
  );
});
