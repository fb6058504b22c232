import fc from "fast-check";
import { farthestFrom, isOlder, laterThan } from "../../provider/dns/serial-order";

const serials = fc.integer({ min: 0, max: 0xffff_ffff });

test("by two steps each serial behind another comes to be ahead of it, but the one just before (RFC 1982)", () => {
  fc.assert(
    fc.property(serials, fc.integer({ min: 2, max: 2 ** 31 - 1 }), (served, behind) => {
      const wanted = (served - behind) >>> 0;
      expect(isOlder(wanted, served)).toBe(true);
      expect(isOlder(served, farthestFrom(served))).toBe(true);
      expect(isOlder(farthestFrom(served), wanted)).toBe(true);
    }),
  );
});

test("what is later than the highest number begins with 1", () => {
  expect(laterThan(7)).toBe("above 7");
  expect(laterThan(7, 3)).toBe("above 7");
  expect(laterThan(300, 4_294_967_200)).toBe("to one from 301 to 2147483947: those come after 300");
  expect(laterThan(0xffff_ffff)).toBe("to 1, which comes after 4294967295");
  expect(isOlder(0xffff_ffff, 1)).toBe(true);
});
