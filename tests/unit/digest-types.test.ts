import { decideServing } from "../../provider/chain/decide/decide";
import { signsForDs } from "../../provider/chain/guard/signs-for-ds";
import type { Serving } from "../../provider/chain/view/serving";
import { type DsData, dsOf } from "../../provider/dns/ds";
import { chain, key, parentWith, serves, signedBy, ZONE } from "../support/chain-views";

const presigned: Serving = { signer: "primary", nsec3: false };
const live: Serving = { signer: "cloudflare", nsec3: false };

const wrong = (ds: DsData): DsData => ({
  ...ds,
  digest: ds.digest.replace(/[0-9A-F]$/, (digit) => (digit === "0" ? "1" : "0")),
});
const [sha256, sha384] = [dsOf(ZONE, key("a"), 2), dsOf(ZONE, key("a"), 4)];
/** The same by another implementation, since this package makes none. */
const sha1: DsData = { ...sha256, digestType: 1, digest: "6B263B317C857ABD2CCAE53F5EE05E5D193CB163" };
const gost: DsData = { ...sha256, digestType: 3 };
/** Of a key that does not sign. */
const other = dsOf(ZONE, key("b"), 2);

/** What BIND 9.18 and Unbound 1.17 with harden-algo-downgrade were seen to answer, the stricter of the two. */
const SETS: [what: string, ds: DsData[], validates: boolean][] = [
  ["SHA-256", [sha256], true],
  ["SHA-1", [sha1], true],
  ["SHA-1 beside a wrong SHA-256", [sha1, wrong(sha256)], false],
  ["SHA-1 beside the SHA-256 of a key that does not sign", [sha1, other], false],
  ["a wrong SHA-1 beside SHA-256", [wrong(sha1), sha256], true],
  ["SHA-256 beside a wrong SHA-384", [sha256, wrong(sha384)], false],
  ["a wrong SHA-256 beside SHA-384", [wrong(sha256), sha384], true],
  ["SHA-256 beside GOST, which nobody knows", [sha256, gost], true],
  ["GOST alone", [gost], false],
];

test.each(SETS)("a zone at whose parent there is %s", (_what, ds, validates) => {
  const view = chain({ parent: parentWith("", { now: { ds, ttl: 60 } }) });
  const { harms } = decideServing(view, presigned, presigned);
  expect(harms.map(({ kind }) => kind)).toEqual(validates ? [] : ["ds"]);
});

test.each(SETS)("a set of %s to be published", (_what, ds, validates) => {
  expect(signsForDs(signedBy("a"), ZONE, ds)).toBe(validates);
});

test("a DS of a revoked key leads nowhere (RFC 5011 section 2.1)", () => {
  const revoked = { ...key("a"), flags: 257 | 0x0080 };
  const ds = [dsOf(ZONE, revoked, 2)];
  const view = signedBy("a", { signers: [revoked] });
  expect(signsForDs(view, ZONE, ds)).toBe(false);
  const parent = parentWith("", { now: { ds, ttl: 60 } });
  const { harms } = decideServing(chain({ primaries: [serves(view)], parent }), presigned, presigned);
  expect(harms.map(({ kind }) => kind)).toEqual(["ds"]);
});

test("a DS of an algorithm that signs the keys and not the zone is not to be published (RFC 4035 section 2.2)", () => {
  const second = { ...key("b"), algorithm: 15 };
  const [first, zsk] = [key("a"), key("a", 256)];
  const ds = [sha256, dsOf(ZONE, second, 2)];
  const rolling = signedBy("a", { beside: [second], signers: [first, second] });
  expect(signsForDs(rolling, ZONE, ds)).toBe(false);
  expect(signsForDs({ ...rolling, zoneSigners: [zsk, second] }, ZONE, ds)).toBe(true);
});

test.each([
  ["SHA-1 of Cloudflare's key beside a stronger one of another", [{ ...sha1, keyTag: 0 }, other], ["ds"]],
  [
    "both of Cloudflare's key",
    [
      { ...sha1, keyTag: 0 },
      { ...sha256, keyTag: 0 },
    ],
    [],
  ],
])("a zone that Cloudflare signs, at whose parent there is %s", (_what, ds, harms) => {
  const cloudflareDs = { ...sha256, keyTag: 0 };
  const view = chain({ cloudflareDs, parent: parentWith("", { now: { ds, ttl: 60 } }) });
  expect(decideServing(view, live, live).harms.map(({ kind }) => kind)).toEqual(harms);
});

test("a DS that may lead some resolver to the keys of before is one that they may hold keys by", () => {
  const ds = [sha1, other];
  const view = chain({ cloudflareDs: other, parent: parentWith("", { now: { ds, ttl: 60 } }) });
  expect(decideServing(view, presigned, live).harms.map(({ kind }) => kind)).toEqual(["ds"]);
});
