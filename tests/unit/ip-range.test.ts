import * as fc from "fast-check";
import { parseIpRange } from "../../provider/dns/ip-range";

const SHORTEST = { 4: 24, 6: 64 };

test.each([
  ["192.0.2.0/24", "192.0.2.0/24"],
  ["192.0.2.53/32", "192.0.2.53/32"],
  ["192.0.2.53/28", "192.0.2.48/28"],
  ["192.0.2.255/25", "192.0.2.128/25"],
  ["2001:db8::/64", "2001:db8::/64"],
  ["2001:DB8:0:0:1:2:3:4/64", "2001:db8::/64"],
  ["2001:db8::ffff:1/124", "2001:db8::ffff:0/124"],
  ["2001:db8::3f/122", "2001:db8::/122"],
  ["::1/128", "::1/128"],
  ["::ffff:192.0.2.53/128", "::ffff:c000:235/128"],
  ["1:2:3:4:5:6:7:8/127", "1:2:3:4:5:6:7:8/127"],
])("the range %s is %s", (text, range) => {
  expect(parseIpRange(text, SHORTEST)).toBe(range);
});

test.each([
  ["an address alone", "192.0.2.53"],
  ["more addresses than are allowed", "192.0.2.0/23"],
  ["more IPv6 addresses than are allowed", "2001:db8::/63"],
  ["a prefix of more bits than an address", "192.0.2.0/33"],
  ["a prefix of more bits than an IPv6 address", "2001:db8::/129"],
  ["a prefix with a zero before it", "192.0.2.0/024"],
  ["a netmask", "192.0.2.0/255.255.255.0"],
  ["an address that is none", "192.0.2.256/32"],
  ["an address with a zone index", "fe80::1%eth0/128"],
  ["a name", "ns0.example.com/32"],
  ["blanks", " 192.0.2.0/24"],
  ["a line break", "192.0.2.0/24\n"],
  ["nothing", ""],
])("%s is no range", (_what, text) => {
  expect(parseIpRange(text, SHORTEST)).toBeUndefined();
});

const octets = fc.tuple(fc.ipV4(), fc.integer({ min: 24, max: 32 }));
const groups = fc.tuple(fc.ipV6(), fc.integer({ min: 64, max: 128 }));

test("a range that was parsed is its own normal form, whatever was given", () => {
  fc.assert(
    fc.property(fc.oneof(octets, groups), ([address, prefix]) => {
      const once = parseIpRange(`${address}/${prefix}`, SHORTEST);
      expect(once).toBeDefined();
      expect(parseIpRange(once ?? "", SHORTEST)).toBe(once);
    }),
  );
});
