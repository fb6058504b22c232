import { dsOf, keyTagOf, parseDs } from "../../simulator/dns/ds";
import { parseName } from "../../simulator/dns/name";

/** The key-signing key that Cloudflare publishes for every zone. */
const KEY = "mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==";
const DNSKEY = Buffer.concat([Buffer.from([1, 1, 3, 13]), Buffer.from(KEY, "base64")]);
/** As published in com. for cloudflare.com. */
const DS = "2371 13 2 32996839A6D808AFE3EB4A795A0E6A7A39A76FC52FF228B22B76F6D63826F2B9";

test("the DS of a key is the one that its parent publishes", () => {
  expect(keyTagOf(DNSKEY)).toBe(2371);
  expect(dsOf(parseName("Cloudflare.com."), DNSKEY)).toBe(DS);
});

test.each([
  [1, 40],
  [2, 64],
  [4, 96],
] as const)("a digest of type %d has %d hex digits and can be read back", (digestType, length) => {
  const ds = dsOf(parseName("cloudflare.com"), DNSKEY, digestType);

  expect(ds).toMatch(new RegExp(`^2371 13 ${digestType} [0-9A-F]{${length}}$`));
  expect(parseDs(ds)?.toString("hex", 4).toUpperCase()).toBe(ds.split(" ")[3]);
});

test("a digest of a type that nobody knows may have any length", () => {
  expect(parseDs("1 13 99 ABCD")?.length).toBe(6);
});
