import { BlockList, isIPv6 } from "node:net";
import * as fc from "fast-check";
import { parseAddress } from "../../provider/dns/address";
import { parseNetwork } from "../../provider/dns/network";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["192.0.2.1/24", "192.0.2.0/24"],
  ["192.0.2.255/25", "192.0.2.128/25"],
  ["255.255.255.255/0", "0.0.0.0/0"],
  ["192.0.2.1/032", "192.0.2.1"],
  ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
  ["2001:db8::ffff/64", "2001:db8::/64"],
  ["2001:db8:ff:ffff::/47", "2001:db8:fe::/47"],
  ["::1/128", "::1"],
  ["::ffff:192.0.2.1/120", "::ffff:c000:200/120"],
  ["ffff::/0", "::/0"],
])("%s is the network %s", (text, network) => {
  expect(parseNetwork(text)).toBe(network);
});

test.each([
  "",
  "/24",
  "192.0.2.1/",
  "192.0.2.1/33",
  "192.0.2.1/-1",
  "192.0.2.1/24/24",
  "192.0.2.1/0x18",
  "2001:db8::/129",
  "fe80::1%eth0",
  "fe80::1%eth0/64",
  "192.0.2.1; any",
  "192.0.2.1\n",
  "example.com",
])("%j is none", (text) => {
  expect(parseNetwork(text)).toBeUndefined();
});

const address = fc.oneof(fc.ipV4(), fc.ipV6());

test("a network holds the address it was made from, says the same again, and no two texts for one", () => {
  fc.assert(
    fc.property(address, fc.nat(128), (host, length) => {
      const network = parseNetwork(`${host}/${length}`);
      if (!isIPv6(host) && length > 32) return expect(network).toBeUndefined();
      const [base = ""] = (network ?? "").split("/");
      const family = isIPv6(host) ? "ipv6" : "ipv4";
      const list = new BlockList();
      list.addSubnet(base, length, family);
      expect(list.check(host, family)).toBe(true);
      expect(parseNetwork(network ?? "")).toBe(network);
      expect(parseNetwork(`${parseAddress(host)}/${length}`)).toBe(network);
    }),
    { numRuns: 500 },
  );
});
