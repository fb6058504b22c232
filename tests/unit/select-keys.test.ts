import { type Dnskey, type DsData, dsOf, keyTagOf } from "../../provider/dns/ds";
import { asksForNoDs, selectKeys } from "../../provider/dns/select-keys";

const zoneName = "example.com";
const dnskey = (flags: number, fill: number, algorithm = 13): Dnskey => ({
  flags,
  algorithm,
  publicKey: Buffer.alloc(64, fill),
});
const ksk = dnskey(257, 1);
const next = dnskey(257, 2);
const zsk = dnskey(256, 3);

const NOW = Date.UTC(2026, 10, 22);
const seconds = NOW / 1_000;

const by = (key: Dnskey, covers = "DNSKEY") => ({
  covers,
  inception: seconds - 3_600,
  expiration: seconds + 3_600,
  algorithm: key.algorithm,
  keyTag: keyTagOf(key),
});
const none: readonly DsData[] = [];
const remove: DsData = { keyTag: 0, algorithm: 0, digestType: 0, digest: "00" };

describe("without CDS", () => {
  const choose = (dnskeys: readonly Dnskey[], ...signatures: readonly ReturnType<typeof by>[]) =>
    selectKeys({ zoneName, dnskeys, signatures, cds: none }, NOW);

  test("it is the key-signing key, not the zone-signing key that signs too", () => {
    expect(choose([zsk, ksk], by(ksk), by(zsk))).toEqual([ksk]);
  });

  test("it is both key-signing keys while both sign", () => {
    expect(choose([ksk, next, zsk], by(ksk), by(next))).toEqual([ksk, next]);
  });

  test("it is not a key that is published and does not sign yet", () => {
    expect(choose([ksk, next, zsk], by(ksk))).toEqual([ksk]);
  });

  test("it is not a key that signs something else", () => {
    expect(choose([ksk, next], by(ksk), by(next, "SOA"))).toEqual([ksk]);
  });

  test("it is not a key of another algorithm with the same tag", () => {
    expect(choose([ksk], { ...by(ksk), algorithm: 8 })).toEqual([]);
  });

  test.each([
    ["revoked (RFC 5011)", 0x0181],
    ["without the zone flag (RFC 4034 section 2.1.1)", 0x0001],
  ])("it is not one that is %s", (_what, flags) => {
    const key = dnskey(flags, 4);
    expect(choose([key], by(key))).toEqual([]);
  });

  test("it is one without the SEP flag where no key has it (RFC 4034 section 2.1.1)", () => {
    expect(choose([zsk], by(zsk))).toEqual([zsk]);
    expect(choose([ksk, zsk], by(zsk))).toEqual([]);
  });

  test.each([
    ["has expired", { inception: seconds - 7_200, expiration: seconds - 3_600 }],
    ["does not hold yet", { inception: seconds + 3_600, expiration: seconds + 7_200 }],
  ])("it is not a key whose signature %s", (_what, times) => {
    expect(choose([ksk], { ...by(ksk), ...times })).toEqual([]);
  });

  test("it is none in a zone that is not signed", () => {
    expect(choose([])).toEqual([]);
  });
});

describe("with CDS", () => {
  const choose = (cds: readonly DsData[], dnskeys = [ksk, next, zsk]) =>
    selectKeys({ zoneName, dnskeys, signatures: [by(ksk), by(next), by(zsk)], cds }, NOW);

  test("it is the key that is named, whatever its flags", () => {
    expect(choose([dsOf(zoneName, next, 2)])).toEqual([next]);
    expect(choose([dsOf(zoneName, zsk, 4)])).toEqual([zsk]);
  });

  test("it is not one that is revoked (RFC 5011 section 2.1)", () => {
    const revoked = dnskey(0x0181, 1);
    const set = { zoneName, dnskeys: [revoked, next], signatures: [by(revoked), by(next)] };
    expect(selectKeys({ ...set, cds: [dsOf(zoneName, revoked, 2)] }, NOW)).toEqual([next]);
  });

  test("keys that do not sign yet are taken beside one that does, and ignored alone", () => {
    const cds = [dsOf(zoneName, next, 2)];
    const early = { zoneName, dnskeys: [ksk, next], signatures: [by(ksk)] };
    expect(selectKeys({ ...early, cds: [...cds, dsOf(zoneName, ksk, 2)] }, NOW)).toEqual([ksk, next]);
    expect(selectKeys({ ...early, cds }, NOW)).toEqual([ksk]);
  });

  test("it is each named key once, whatever the number of digests", () => {
    const cds = [ksk, next].flatMap((key) => [dsOf(zoneName, key, 2), dsOf(zoneName, key, 4)]);
    expect(choose(cds)).toEqual([ksk, next]);
  });

  test.each([
    ["names no key there is", { ...dsOf(zoneName, next, 2), digest: "00".repeat(32) }],
    ["has a digest of another zone", dsOf("example.net", next, 2)],
    ["has an unknown digest type", { ...dsOf(zoneName, next, 2), digestType: 3 }],
    ["has another algorithm", { ...dsOf(zoneName, next, 2), algorithm: 8 }],
    ["has another tag", { ...dsOf(zoneName, next, 2), keyTag: 1 }],
  ])("one that %s is ignored (RFC 7344 section 4.1)", (_what, cds) => {
    expect(choose([cds])).toEqual([ksk, next]);
    expect(choose([cds, dsOf(zoneName, next, 4)])).toEqual([next]);
  });

  test("a wish to delete stands alone (RFC 8078 section 4)", () => {
    expect(asksForNoDs([remove])).toBe(true);
    expect(asksForNoDs([])).toBe(false);
    expect(asksForNoDs([remove, dsOf(zoneName, ksk, 2)])).toBe(false);
    expect(choose([remove, dsOf(zoneName, ksk, 2)])).toEqual([ksk]);
  });
});
