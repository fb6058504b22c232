import { type Dnskey, dsOf, formatDs, isDsOf, keyTagOf } from "../../provider/dns/ds";

const dnskey = (text: string): Dnskey => {
  const [flags, , algorithm, ...key] = text.split(" ");
  return {
    flags: Number(flags),
    algorithm: Number(algorithm),
    publicKey: Buffer.from(key.join(""), "base64"),
  };
};

/** The key of RFC 4034 section 5.4, which RFC 4509 section 2.3 takes over. */
const old = dnskey(
  "256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==",
);

test.each([
  [
    "RFC 4509 section 2.3",
    "dskey.example.com.",
    old,
    2,
    "60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A",
  ],
  [
    "RFC 6605 section 6.1, P-256",
    "example.net.",
    dnskey(
      "257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==",
    ),
    2,
    "55648 13 2 B4C8C1FE2E7477127B27115656AD6256F424625BF5C1E2770CE6D6E37DF61D17",
  ],
  [
    "RFC 6605 section 6.2, P-384 and SHA-384",
    "example.net.",
    dnskey(
      "257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40",
    ),
    4,
    "10771 14 4 72D7B62976CE06438E9C0BF319013CF801F09ECC84B8D7E9495F27E305C6A9B0563A9B5F4D288405C3008A946DF983D6",
  ],
  [
    "RFC 8080 section 6.1, Ed25519",
    "example.com.",
    dnskey("257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4="),
    2,
    "3613 15 2 3AA5AB37EFCE57F737FC1627013FEE07BDF241BD10F3B1964AB55C78E79A304B",
  ],
  [
    "the root's key of 2017",
    ".",
    dnskey(
      "257 3 8 AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh4+B5xQlNVz8Og8kvArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3rCj/EWgvIWgb9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilBmSVIzuDWfdRUfhHdY6+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU=",
    ),
    2,
    "20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
  ],
  [
    "the root's key of 2024",
    ".",
    dnskey(
      "257 3 8 AwEAAa96jeuknZlaeSrvyAJj6ZHv28hhOKkx3rLGXVaC6rXTsDc449/cidltpkyGwCJNnOAlFNKF2jBosZBU5eeHspaQWOmOElZsjICMQMC3aeHbGiShvZsx4wMYSjH8e7Vrhbu6irwCzVBApESjbUdpWWmEnhathWu1jo+siFUiRAAxm9qyJNg/wOZqqzL/dL/q8PkcRU5oUKEpUge71M3ej2/7CPqpdVwuMoTvoB+ZOT4YeGyxMvHmbrxlFzGOHOijtzN+u1TQNatX2XBuzZNQ1K+s2CXkPIZo7s6JgZyvaBevYtxPvYLw4z9mR7K2vaF18UYH9Z9GNUUeayffKC73PYc=",
    ),
    2,
    "38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
  ],
] as const)("the DS of %s", (_source, zone, key, digestType, expected) => {
  const made = dsOf(zone, key, digestType);
  expect(formatDs(zone, made)).toBe(`${zone} 3600 IN DS ${expected}`);
  expect(isDsOf(made, zone, key)).toBe(true);
});

test("the SHA-1 of RFC 4034 section 5.4 is known again", () => {
  const ds = {
    keyTag: 60485,
    algorithm: 5,
    digestType: 1,
    digest: "2BB183AF5F22588179A53B0A98631FAD1A292118",
  };
  expect(isDsOf(ds, "dskey.example.com", old)).toBe(true);
  expect(isDsOf({ ...ds, digest: `3${ds.digest.slice(1)}` }, "dskey.example.com", old)).toBe(false);
});

test("case and final dot of the zone do not matter, in the digest", () => {
  expect(dsOf("Example.COM", old, 2)).toEqual(dsOf("example.com.", old, 2));
});

test("a record has the final dot once", () => {
  const ds = { keyTag: 12345, algorithm: 13, digestType: 2, digest: "ABCD" };
  expect(formatDs("example.com", ds)).toBe("example.com. 3600 IN DS 12345 13 2 ABCD");
  expect(formatDs("example.com.", ds)).toBe("example.com. 3600 IN DS 12345 13 2 ABCD");
});

test("a key tag carries what overflows, and takes an odd octet as the upper one", () => {
  const tag = (publicKey: Buffer) => keyTagOf({ flags: 0xffff, algorithm: 255, publicKey });
  // 0xffff + 0x03ff + 64 x 0xffff = 0x4103be; 0x3be + 0x41.
  expect(tag(Buffer.alloc(128, 255))).toBe(0x03ff);
  // 0xffff + 0x03ff + 0x0100 = 0x104fe; 0x4fe + 1.
  expect(tag(Buffer.from([1]))).toBe(0x04ff);
});

test("a zone that is no domain name has no DS", () => {
  expect(() => dsOf("example..com", old, 2)).toThrow(
    '"example..com" is not a domain name: a label is empty.',
  );
});
