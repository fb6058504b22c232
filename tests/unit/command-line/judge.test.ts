import { createHash } from "node:crypto";
import type { FindingCode } from "../../../command-line/doctor/finding";
import { judge } from "../../../command-line/doctor/judge";
import { picture } from "../../../command-line/doctor/picture";
import { jsonReport, textReport } from "../../../command-line/doctor/report";
import type { Seen } from "../../../command-line/doctor/seen";
import type { ParentView } from "../../../provider/chain/view/parent-view";
import type { ZoneView } from "../../../provider/chain/view/zone-view";
import { Secret } from "../../../provider/core/secret";
import { type Dnskey, type DsData, dsOf, formatDs, keyTagOf } from "../../../provider/dns/ds";
import { type FailureCause, failed, success } from "../../../provider/dns/failure";
import type { Primary } from "../../../provider/dns/primary";

const NOW = Date.parse("2026-11-25T12:00:00Z");
const SECONDS = NOW / 1_000;
const ZONE = "example.com";
const KSK = { flags: 257, algorithm: 13, publicKey: Buffer.alloc(64, 1) };
const PRIMARY: Primary = { name: "192.0.2.53", address: "192.0.2.53", port: 53 };
const server = (host: string): Primary => ({ name: host, address: "192.0.2.1", port: 53 });

const VIEW: ZoneView = {
  serial: 7,
  soaExpire: 14 * 86_400,
  dnskeys: [KSK],
  keyTtl: 3_600,
  signers: [KSK],
  zoneSigners: [KSK],
  isSigned: true,
  expires: SECONDS + 14 * 86_400,
  denial: { kind: "nsec3", iterations: 0, saltLength: 0 },
  cds: [],
};
const failure = (cause: FailureCause, primary = PRIMARY) =>
  failed({ primary, zoneName: ZONE, type: "SOA" }, cause);
const silence: FailureCause = { kind: "silent", connected: false, afterMs: 5_000 };

/** A chain with nothing wrong but that its peer has no key, which most of these tests do not look at. */
const HEALTHY: Seen = {
  zoneName: ZONE,
  now: NOW,
  zone: {
    name: ZONE,
    type: "secondary",
    status: "active",
    name_servers: ["ns1.example.net", "ns2.example.net"],
  },
  dnssec: { status: "active", dnssec_presigned: true, dnssec_use_nsec3: true },
  incoming: {
    name: ZONE,
    peers: ["1".repeat(32)],
    auto_refresh_seconds: 86_400,
    soa_serial: 7,
    checked_time: "2026-11-25T11:59:00Z",
  },
  chain: {
    zoneName: ZONE,
    primaries: [{ primary: PRIMARY, view: success(VIEW) }],
    unseen: [],
    secondary: [],
    parent: {
      kind: "seen",
      source: "parent",
      now: { ds: [dsOf(ZONE, KSK, 2)], ttl: 3_600 },
      byResolver: { ds: [dsOf(ZONE, KSK, 2)], ttl: 3_600 },
      delegation: { hosts: ["NS1.example.net.", "ns2.example.net."], ttl: 3_600 },
    },
    registered: { kind: "seen", ds: [] },
    keyTtl: 3_600,
    held: [],
    delegations: [],
    cloudflareDs: undefined,
    nameServers: ["ns1.example.net", "ns2.example.net"],
    refreshSeconds: 86_400,
    seenAt: NOW,
  },
  transfers: [],
  nameServers: ["ns1.example.net", "ns2.example.net"].map((host) => ({
    server: server(host),
    view: success(VIEW),
  })),
  otherServers: [],
  registrar: { kind: "none" },
};

const codesOf = (seen: Seen): readonly FindingCode[] =>
  judge(seen)
    .filter(({ verdict, code }) => verdict !== "ok" && code !== "peer-without-key")
    .map(({ code, verdict }) => `${verdict} ${code}`) as FindingCode[];

const foundIn = (seen: Seen, code: FindingCode) => judge(seen).find((each) => each.code === code);
const nextOf = (seen: Seen, code: FindingCode) => foundIn(seen, code)?.next?.join("\n");
/** The command of each server, and no claim that "pulumi up" does it. */
const NOTIFYING =
  /^(?!.*pulumi up).*\n {2}BIND: rndc notify example\.com\n {2}Knot: knotc zone-notify example\.com\n {2}NSD: nsd-control notify example\.com\n {2}PowerDNS: pdns_control notify example\.com$/;

const withPrimary = (view: Partial<ZoneView>): Seen => ({
  ...HEALTHY,
  chain: { ...HEALTHY.chain, primaries: [{ primary: PRIMARY, view: success({ ...VIEW, ...view }) }] },
});
const withServers = (...views: Seen["nameServers"][number]["view"][]): Seen => ({
  ...HEALTHY,
  nameServers: views.map((view, at) => ({ server: server(`ns${at + 1}.example.net`), view })),
});

const atParent = (seen: Seen, ...ds: readonly DsData[]): Seen => {
  const set = { ds, ttl: 3_600 };
  const parent = { ...HEALTHY.chain.parent, now: set, byResolver: set };
  return { ...seen, chain: { ...seen.chain, parent } };
};
const signedEverywhere = (view: Partial<ZoneView>): Seen => ({
  ...withServers(success({ ...VIEW, ...view })),
  chain: withPrimary(view).chain,
});

test("a healthy chain has no finding", () => {
  expect(codesOf(HEALTHY)).toEqual([]);
});

describe("signatures", () => {
  const ends = (days: number) => withPrimary({ expires: SECONDS + days * 86_400 });

  test("may end no sooner than Cloudflare has looked twice", () => {
    expect(codesOf(ends(2.01))).toEqual([]);
    expect(codesOf(ends(1.99))).toEqual(["warning signatures-end-soon"]);
  });

  test("that have ended are told apart from those that never were", () => {
    const none = { isSigned: false, signers: [], expires: undefined };
    expect(codesOf(withPrimary({ ...none, ended: SECONDS - 60 }))).toEqual(["fault signatures-expired"]);
    expect(codesOf(withPrimary(none))).toEqual(["fault zone-unsigned"]);
  });

  test("have to be in the transfer of a presigned zone, and in no other", () => {
    const primaries = HEALTHY.chain.primaries.map((each) => ({ ...each, isTransferSigned: false }));
    const online = { ...HEALTHY, chain: { ...HEALTHY.chain, primaries } };
    expect(codesOf(online)).toEqual(["fault transfer-unsigned"]);
    const dnssec = { status: "active", dnssec_multi_signer: true } as const;
    expect(codesOf({ ...online, dnssec })).toEqual([]);
  });

  test("that presigned cannot be turned on over are told before it is", () => {
    const dnssec = { status: "disabled" } as const;
    const off = (seen: Seen) => codesOf({ ...seen, dnssec });
    const none = { isSigned: false, signers: [], expires: undefined };
    const online = HEALTHY.chain.primaries.map((each) => ({ ...each, isTransferSigned: false }));
    expect(off(HEALTHY)).toContain("warning presigned-off");
    for (const [seen, code] of [
      [withPrimary({ ...none, ended: SECONDS - 60 }), "signatures-expired"],
      [withPrimary({ ...none, begins: SECONDS + 60 }), "signatures-not-yet-valid"],
      [withPrimary({ isDenialSigned: false }), "denial-unsigned"],
      [{ ...HEALTHY, chain: { ...HEALTHY.chain, primaries: online } }, "transfer-unsigned"],
    ] as const) {
      expect(off(seen)).toContain(`warning ${code}`);
      expect(off(seen)).not.toContain("warning presigned-off");
    }
    expect(off(withPrimary(none))).not.toContain("fault zone-unsigned");
  });

  test("of a multi-signer zone have to be there at its primary too", () => {
    const dnssec = { status: "active", dnssec_multi_signer: true } as const;
    const none = { isSigned: false, signers: [], expires: undefined };
    expect(codesOf({ ...HEALTHY, dnssec })).toEqual([]);
    expect(codesOf({ ...withPrimary(none), dnssec })).toEqual(["fault zone-unsigned"]);
  });

  test("of the primary are no matter where Cloudflare signs", () => {
    const live: Seen = { ...ends(0.1), dnssec: { status: "active", modified_on: "2026-11-25T00:00:00Z" } };
    expect(codesOf(live)).toEqual(["warning presigned-off"]);
  });
});

test("a DS of a weaker digest type does not count beside a stronger one of another key", () => {
  const other = { ...KSK, publicKey: Buffer.alloc(64, 2) };
  const ds = [dsOf(ZONE, KSK, 2), dsOf(ZONE, other, 4)];
  const { chain } = HEALTHY;
  const set = { ds, ttl: 60 };
  const parent: ParentView = {
    kind: "seen",
    source: "parent",
    now: set,
    byResolver: set,
    delegation: undefined,
  };
  const findings = judge({ ...HEALTHY, chain: { ...chain, parent } });
  expect(findings.map(({ code }) => code)).toContain("ds-foreign");
  expect(findings.find(({ code }) => code === "ds-foreign")?.text).toContain(
    "except for one of digest type 2, which resolvers ignore beside a stronger one",
  );
});

test("a DS of a key that signs nowhere is to be removed, and none where that is not seen", () => {
  const other = { ...KSK, publicKey: Buffer.alloc(64, 2) };
  const own = { dnskeys: [other], signers: [other], zoneSigners: [other] };
  const foreignOnly = atParent(HEALTHY, dsOf(ZONE, other, 2));
  expect(nextOf(foreignOnly, "ds-foreign")).toContain(`; remove that of key ${keyTagOf(other)} once`);
  const elsewhere = { host: "ns.other.example", view: success({ ...VIEW, ...own }) };
  for (const seen of [
    { ...foreignOnly, nameServers: [] },
    { ...foreignOnly, otherServers: [elsewhere] },
    { ...foreignOnly, otherServers: [{ ...elsewhere, view: undefined }] },
  ])
    expect(nextOf(seen, "ds-foreign")).toBe(
      `at the registrar, add the DS of key ${keyTagOf(KSK)} and keep those that are there.`,
    );
});

describe("a DS that is missing", () => {
  const ZSK = { ...KSK, flags: 256, publicKey: Buffer.alloc(64, 3) };
  const NEW = { ...KSK, publicKey: Buffer.alloc(64, 4) };
  const signedWith = (...signers: readonly Dnskey[]) => success({ ...VIEW, signers });
  const without = (view: Partial<ZoneView>, served = success({ ...VIEW, ...view })): Seen => {
    const set = { ds: [], ttl: 0 };
    const parent = { ...HEALTHY.chain.parent, now: set, byResolver: set };
    return { ...withServers(served), chain: { ...withPrimary(view).chain, parent } };
  };

  test("is told with the DS of the keys that sign now, which the stack's output may not have yet", () => {
    const next = nextOf(without({ signers: [ZSK, KSK] }), "ds-missing");
    expect(next).toContain(`\n  ${formatDs(ZONE, dsOf(ZONE, KSK, 2))}\n`);
    expect(next).not.toContain(formatDs(ZONE, dsOf(ZONE, ZSK, 2)));
    expect(next).toContain('"pulumi up --refresh" brings');
  });

  test("may be of a key without the SEP bit, which no validator looks at (RFC 4034 section 2.1.1)", () => {
    expect(nextOf(without({ signers: [ZSK] }), "ds-missing")).toContain(formatDs(ZONE, dsOf(ZONE, ZSK, 2)));
  });

  test("is that of the key that the zone's CDS names, if it signs", () => {
    const both = without({ signers: [KSK, NEW], cds: [dsOf(ZONE, NEW, 2)] });
    expect(nextOf(both, "ds-missing")).toContain(formatDs(ZONE, dsOf(ZONE, NEW, 2)));
    expect(nextOf(both, "ds-missing")).not.toContain(formatDs(ZONE, dsOf(ZONE, KSK, 2)));
  });

  test("is not told of a key that Cloudflare does not serve yet", () => {
    const apart = nextOf(without({ signers: [NEW] }, signedWith(KSK)), "ds-missing");
    expect(apart).toMatch(/^publish no DS yet, .* run this again\.$/);
    const rolling = nextOf(without({ signers: [KSK, NEW] }, signedWith(KSK)), "ds-missing");
    expect(rolling).toContain(formatDs(ZONE, dsOf(ZONE, KSK, 2)));
    expect(rolling).not.toContain(formatDs(ZONE, dsOf(ZONE, NEW, 2)));
  });

  test("is told of each signer's key where two sign", () => {
    const dnssec = { status: "active", dnssec_multi_signer: true } as const;
    const next = nextOf({ ...without({ signers: [NEW] }, signedWith(KSK)), dnssec }, "ds-missing");
    for (const key of [KSK, NEW]) expect(next).toContain(formatDs(ZONE, dsOf(ZONE, key, 2)));
  });

  test("is left missing where the zone asks for none by its CDS (RFC 8078)", () => {
    const seen = without({ cds: [{ keyTag: 0, algorithm: 0, digestType: 0, digest: "00" }] });
    expect(codesOf(seen)).toEqual(["warning ds-missing"]);
    expect(foundIn(seen, "ds-missing")?.text).toContain("asks for that itself, by the CDS 0 0 0 00");
    expect(nextOf(seen, "ds-missing")).not.toContain("IN DS");
  });
});

test("a name that is denied without signatures is a fault, at the primary and as it is served", () => {
  expect(codesOf(withPrimary({ isDenialSigned: false }))).toEqual(["fault denial-unsigned"]);
  expect(codesOf(withServers(success({ ...VIEW, isDenialSigned: false })))).toEqual([
    "fault served-denial-unsigned",
  ]);
  expect(codesOf(withPrimary({ isDenialSigned: true }))).toEqual([]);
});

test("signatures that are not valid yet are told apart from those that never were", () => {
  const none = { isSigned: false, signers: [], expires: undefined, begins: SECONDS + 7_200 };
  expect(codesOf(withPrimary(none))).toEqual(["fault signatures-not-yet-valid"]);
});

test("a DS of an algorithm by which the zone is not signed is a warning beside one that fits", () => {
  const second = { ...KSK, algorithm: 15, publicKey: Buffer.alloc(32, 2) };
  const both = { ...VIEW, dnskeys: [KSK, second], signers: [KSK, second] };
  const ds = [dsOf(ZONE, KSK, 2), dsOf(ZONE, second, 2)];
  const served = (view: ZoneView) => atParent(withServers(success(view)), ...ds);
  expect(codesOf(served(both))).toEqual(["warning ds-algorithm-unsigned"]);
  expect(codesOf(served({ ...both, zoneSigners: [KSK, second] }))).toEqual([]);
});

test("iterations of NSEC3 are a warning, whoever signs beside the primary (RFC 9276)", () => {
  const iterated = withPrimary({ denial: { kind: "nsec3", iterations: 1, saltLength: 0 } });
  const both: Seen = { ...iterated, dnssec: { status: "active", dnssec_multi_signer: true } };
  const live: Seen = { ...iterated, dnssec: { status: "active", modified_on: "2026-11-25T00:00:00Z" } };
  expect(codesOf(iterated)).toEqual(["warning nsec3-iterations"]);
  expect(codesOf(both)).toEqual(["warning nsec3-iterations"]);
  expect(codesOf(live)).not.toContain("warning nsec3-iterations");
});

test("an SOA by which one failed check is enough for the zone to expire is a warning, signed or not", () => {
  const [day, unsigned] = [86_400, { status: "disabled" } as const];
  expect(codesOf(withPrimary({ soaExpire: 2 * day }))).toEqual([]);
  expect(codesOf(withPrimary({ soaExpire: 2 * day - 1 }))).toEqual(["warning expire-short"]);
  expect(codesOf({ ...withPrimary({ soaExpire: day }), dnssec: unsigned })).toContain("warning expire-short");
});

describe("a DS that not every resolver goes by is a warning:", () => {
  test("by SHA-1 alone, with the better one of the same key", () => {
    const digest = createHash("sha1")
      .update(Buffer.from("076578616d706c6503636f6d00", "hex"))
      .update(Buffer.concat([Buffer.from([1, 1, 3, 13]), KSK.publicKey]))
      .digest("hex")
      .toUpperCase();
    const old = { ...dsOf(ZONE, KSK, 2), digestType: 1, digest };
    expect(codesOf(atParent(HEALTHY, old))).toEqual(["warning ds-weak"]);
    expect(nextOf(atParent(HEALTHY, old), "ds-weak")).toContain(`\n  ${formatDs(ZONE, dsOf(ZONE, KSK, 2))}`);
    expect(codesOf(atParent(HEALTHY, old, dsOf(ZONE, KSK, 2)))).toEqual([]);
  });

  test.each([1, 3, 5, 6, 7, 12])("of algorithm %i", (algorithm) => {
    const key = { ...KSK, algorithm };
    const seen = signedEverywhere({ dnskeys: [key], signers: [key], zoneSigners: [key] });
    expect(codesOf(atParent(seen, dsOf(ZONE, key, 2)))).toEqual(["warning ds-weak"]);
  });
});

describe("a key that is revoked (RFC 5011)", () => {
  const REVOKED = { ...KSK, flags: 257 | 0x0080 };
  const NEW = { ...KSK, publicKey: Buffer.alloc(64, 4) };
  const both = signedEverywhere({ dnskeys: [REVOKED, NEW], signers: [REVOKED, NEW] });

  test("makes no DS fit, and is in no advice", () => {
    const seen = atParent(both, dsOf(ZONE, REVOKED, 2));
    expect(codesOf(seen)).toContain("fault ds-foreign");
    expect(nextOf(seen, "ds-foreign")).toBe(
      `at the registrar, add the DS of key ${keyTagOf(NEW)} and keep those that are there; remove that of key ${keyTagOf(REVOKED)} once the TTL of the DS has passed.`,
    );
    expect(nextOf(atParent(both), "ds-missing")).toContain(formatDs(ZONE, dsOf(ZONE, NEW, 2)));
    expect(nextOf(atParent(both), "ds-missing")).not.toContain(formatDs(ZONE, dsOf(ZONE, REVOKED, 2)));
  });

  test("does no harm beside one that the DS is of", () => {
    expect(codesOf(atParent(both, dsOf(ZONE, NEW, 2)))).toEqual([]);
  });
});

test("a zone signed by one key without the SEP bit is healthy (RFC 4034 section 2.1.1)", () => {
  const only = { ...KSK, flags: 256 };
  const seen = signedEverywhere({ dnskeys: [only], signers: [only], zoneSigners: [only] });
  expect(codesOf(atParent(seen, dsOf(ZONE, only, 2)))).toEqual([]);
});

describe("a CDS that a registry may act upon", () => {
  const OTHER = { ...KSK, publicKey: Buffer.alloc(64, 2) };
  const remove = { keyTag: 0, algorithm: 0, digestType: 0, digest: "00" };

  test("may be what the parent has, or another of a key that signs everywhere", () => {
    expect(codesOf(withPrimary({ cds: [dsOf(ZONE, KSK, 2)] }))).toEqual([]);
    expect(codesOf(withPrimary({ cds: [dsOf(ZONE, KSK, 4)] }))).toEqual([]);
    expect(codesOf(withPrimary({ cds: [dsOf(ZONE, KSK, 2), dsOf(ZONE, OTHER, 2)] }))).toEqual([]);
  });

  test("is a warning where it would remove the DS of a signed zone", () => {
    expect(codesOf(withPrimary({ cds: [remove] }))).toEqual(["warning cds-deletes"]);
  });

  test("is a warning where it names no key that signs, at the primary or at Cloudflare", () => {
    expect(codesOf(withPrimary({ cds: [dsOf(ZONE, OTHER, 2)] }))).toEqual(["warning cds-foreign"]);
    const rolling = withPrimary({
      dnskeys: [KSK, OTHER],
      signers: [KSK, OTHER],
      cds: [dsOf(ZONE, OTHER, 2)],
    });
    expect(codesOf(rolling)).toEqual(["warning cds-foreign"]);
    expect(foundIn(rolling, "cds-foreign")?.text).toContain(
      "what is served at ns1.example.net does not validate",
    );
  });

  test("is no matter where Cloudflare signs alone", () => {
    const dnssec = { status: "active", modified_on: "2026-11-25T00:00:00Z" } as const;
    const seen = { ...withPrimary({ cds: [remove] }), dnssec };
    expect(codesOf(seen)).toEqual(["warning presigned-off"]);
  });
});

describe("serials", () => {
  const looked = (checked_time: string | null, soa_serial = 6): Seen => ({
    ...HEALTHY,
    incoming: HEALTHY.incoming && { ...HEALTHY.incoming, soa_serial, checked_time },
    nameServers: [],
  });

  test("behind are a warning until Cloudflare should have looked, then a fault", () => {
    expect(codesOf(looked("2026-11-25T11:00:00Z"))).toContain("warning serial-behind");
    expect(codesOf(looked("2026-11-24T11:00:00Z"))).toContain("fault serial-behind");
    expect(codesOf(looked(null))).toContain("fault serial-behind");
    expect(nextOf(looked(null), "serial-behind")).toMatch(NOTIFYING);
  });

  test("are compared round the circle (RFC 1982)", () => {
    expect(codesOf(looked("2026-11-25T11:00:00Z", 4_294_967_290))).toContain("warning serial-behind");
    expect(codesOf(looked("2026-11-25T11:00:00Z", 8))).toContain("fault serial-ahead");
  });

  test("can be raised above the highest number, and come down from a mistyped one", () => {
    const ahead = (served: number) => nextOf(looked("2026-11-25T11:00:00Z", served), "serial-ahead");
    expect(ahead(8)).toBe("raise the serial there above 8.");
    expect(ahead(2_026_112_599)).toBe(
      [
        "raise the serial there above 2026112599.",
        "If 2026112599 was a mistake: set the serial there to 4173596246, wait until Cloudflare has that, then set the serial that you want, 7 or higher.",
      ].join("\n"),
    );
    const [primary] = withPrimary({ serial: 4_294_967_290 }).chain.primaries;
    const highest: Seen = {
      ...looked("2026-11-25T11:00:00Z", 4_294_967_295),
      chain: { ...HEALTHY.chain, primaries: primary ? [primary] : [] },
    };
    expect(nextOf(highest, "serial-ahead")).toContain(
      "raise the serial there to 1, which comes after 4294967295.",
    );
  });
});

describe("a transfer", () => {
  const OTHER = { ...KSK, publicKey: Buffer.alloc(64, 2) };
  const rolled = { dnskeys: [OTHER], signers: [OTHER], zoneSigners: [OTHER] };
  const ahead = (view: Partial<ZoneView>) => withPrimary({ ...view, serial: 8 });

  test("that brings keys which neither the DS nor what is served goes with is a fault, and no NOTIFY is asked for", () => {
    const seen = ahead(rolled);
    expect(codesOf(seen)).toEqual(["fault transfer-harms"]);
    const { text, next = [] } = foundIn(seen, "transfer-harms") ?? {};
    expect(text).toBe(
      "The primary 192.0.2.53 port 53 has example.com with serial 8, and Cloudflare has 7: transferring it would take the zone off the air, for the reasons below.",
    );
    expect(next[1]).toMatch(
      /^ {2}The parent has this DS of example\.com, and resolvers that use it may not validate/,
    );
    expect(next[0]).toContain("send no NOTIFY, and refuse Cloudflare's transfers there");
    expect(next.join("\n")).toContain("  1. remove the DS at the registrar;");
    expect(next.join("\n")).toContain("then let Cloudflare transfer it.");
    expect(next.join("\n")).not.toMatch(/sends NOTIFY|override/);
  });

  test("that brings no signatures, or the other denial, is one too", () => {
    const none = { isSigned: false, signers: [], zoneSigners: [], expires: undefined };
    expect(codesOf(ahead(none))).toEqual(["fault zone-unsigned", "fault transfer-harms"]);
    expect(codesOf(ahead({ denial: { kind: "nsec" } }))).toEqual([
      "fault denial-differs",
      "fault transfer-harms",
    ]);
  });

  test("of keys that those served go with is as any other, as is one where Cloudflare signs", () => {
    const both = { dnskeys: [KSK, OTHER], signers: [KSK, OTHER], zoneSigners: [KSK] };
    expect(codesOf(ahead(both))).toEqual(["warning serial-behind"]);
    const live: Seen = {
      ...ahead(rolled),
      dnssec: { status: "active", modified_on: "2026-11-25T00:00:00Z" },
    };
    expect(codesOf(live)).toEqual(["warning serial-behind", "warning presigned-off"]);
  });

  test("harms nobody where the DS is of the primary's keys already, and no longer of those served", () => {
    const set = { ds: [dsOf(ZONE, OTHER, 2)], ttl: 3_600 };
    const seen = ahead(rolled);
    const parent = { ...HEALTHY.chain.parent, now: set, byResolver: set };
    expect(codesOf({ ...seen, chain: { ...seen.chain, parent } })).toEqual([
      "warning serial-behind",
      "fault ds-foreign",
    ]);
  });
});

describe("of two primaries", () => {
  const SECOND: Primary = { name: "192.0.2.54", address: "192.0.2.54", port: 53 };
  const OTHER = { ...KSK, publicKey: Buffer.alloc(64, 2) };
  const withSecond = (view: Partial<ZoneView>, served = 7): Seen => ({
    ...HEALTHY,
    incoming: HEALTHY.incoming && { ...HEALTHY.incoming, soa_serial: served },
    nameServers: HEALTHY.nameServers.map(({ server: each }) => ({
      server: each,
      view: success({ ...VIEW, serial: served }),
    })),
    chain: {
      ...HEALTHY.chain,
      primaries: [
        { primary: PRIMARY, view: success({ ...VIEW, serial: served }) },
        { primary: SECOND, view: success({ ...VIEW, ...view }) },
      ],
    },
  });
  const own = { dnskeys: [OTHER], signers: [OTHER], zoneSigners: [OTHER] };

  test("that serve alike nothing is found", () => {
    expect(codesOf(withSecond({}))).toEqual([]);
  });

  test("each with keys of its own are a fault, and nobody is told to change the DS", () => {
    const seen = withSecond(own);
    expect(codesOf(seen)).toEqual(["fault primaries-differ"]);
    expect(foundIn(seen, "primaries-differ")?.text).toContain(
      `192.0.2.53 port 53 (key ${keyTagOf(KSK)}) and 192.0.2.54 port 53 (key ${keyTagOf(OTHER)})`,
    );
    expect(nextOf(seen, "primaries-differ")).toMatch(/^keep the DS of what is served now/);
  });

  test("each with keys of its own, a newer serial is not to be transferred, and the DS is to stay", () => {
    const seen = withSecond({ ...own, serial: 9 });
    expect(codesOf(seen)).toEqual(["fault transfer-harms", "fault primaries-differ"]);
    expect(nextOf(seen, "transfer-harms")).toMatch(
      /^keep Cloudflare from transferring it: .*\n.*sign with the same keys/,
    );
    expect(nextOf(seen, "transfer-harms")).not.toContain("remove the DS");
  });

  test("each with keys of its own are a warning where there is no DS", () => {
    const seen = withSecond(own);
    const set = { ds: [], ttl: 0 };
    const parent = { ...HEALTHY.chain.parent, now: set, byResolver: set };
    expect(codesOf({ ...seen, chain: { ...seen.chain, parent } })).toEqual([
      "warning primaries-differ",
      "warning ds-missing",
    ]);
  });

  test("that publish each other's keys, the one that the DS is not of is told, and no DS in use is to go", () => {
    const [first, second] = [
      { ...VIEW, dnskeys: [KSK, OTHER] },
      { ...VIEW, ...own, dnskeys: [KSK, OTHER] },
    ];
    const seen = withSecond(second);
    const { chain } = seen;
    const primaries = [{ primary: PRIMARY, view: success(first) }, ...chain.primaries.slice(1)];
    const nameServers = seen.nameServers.map((each) => ({ ...each, view: success(first) }));
    const told = { ...seen, nameServers, chain: { ...chain, primaries } };
    expect(codesOf(told)).toEqual(["fault ds-foreign"]);
    expect(nextOf(told, "ds-foreign")).toBe(
      `at the registrar, add the DS of key ${keyTagOf(OTHER)} and keep those that are there.`,
    );
  });

  test("each has its own verdict in the picture, and both have that of what concerns both", () => {
    const verdicts = (seen: Seen) =>
      picture(seen, judge(seen))
        .split("\n")
        .flatMap((line) => /^ {2}primary .* (\w+)$/.exec(line)?.[1] ?? []);
    expect(verdicts(withSecond({}))).toEqual(["ok", "ok"]);
    expect(verdicts(withSecond({ soaExpire: 60 }))).toEqual(["ok", "warning"]);
    expect(verdicts(withSecond(own))).toEqual(["fault", "fault"]);
  });

  test("one that is behind the other lags, and need not raise its serial", () => {
    const seen = withSecond({ serial: 6 }, 8);
    expect(codesOf(seen)).toEqual(["warning primary-lags"]);
    expect(foundIn(seen, "primary-lags")?.text).toContain(
      "The primary 192.0.2.54 port 53 has example.com with serial 6 and lags behind the primary 192.0.2.53 port 53, which has 8",
    );
  });
});

describe("Cloudflare's name servers", () => {
  test("of which one is silent are a fault, and all of them a warning: the way there may be closed", () => {
    expect(codesOf(withServers(success(VIEW), failure(silence)))).toEqual(["fault name-server-silent"]);
    expect(codesOf(withServers(failure(silence), failure(silence)))).toEqual([
      "warning name-servers-not-asked",
    ]);
    expect(codesOf(withServers())).toEqual(["warning name-servers-not-asked"]);
  });

  test("of which one is lame are a fault that names it", () => {
    const seen = withServers(success(VIEW), failure({ kind: "not-authoritative" }));
    const [found] = judge(seen).filter(({ place, verdict }) => place === "secondary" && verdict === "fault");
    expect(found?.code).toBe("name-server-refuses");
    expect(found?.text).toContain("ns2.example.net (192.0.2.1 port 53) does not answer for example.com");
  });

  test("that serve another serial, no signatures or old ones are told", () => {
    expect(codesOf(withServers(success({ ...VIEW, serial: 6 })))).toEqual(["warning served-serial-differs"]);
    expect(codesOf(withServers(success({ ...VIEW, isSigned: false, signers: [] })))).toEqual([
      "fault served-unsigned",
    ]);
    expect(
      codesOf(withServers(success({ ...VIEW, isSigned: false, signers: [], ended: SECONDS - 1 }))),
    ).toEqual(["fault served-expired"]);
  });

  test("whose signatures have ended get others by NOTIFY: an up without a change forces no transfer", () => {
    const old = withServers(success({ ...VIEW, isSigned: false, signers: [], ended: SECONDS - 1 }));
    expect(nextOf(old, "served-expired")).toMatch(NOTIFYING);
    const none: Seen = { ...HEALTHY, incoming: HEALTHY.incoming && { ...HEALTHY.incoming, soa_serial: 0 } };
    expect(nextOf(none, "never-transferred")).toMatch(NOTIFYING);
  });
});

describe("the zone's own NS records, which resolvers prefer to the delegation,", () => {
  const naming = (...ownHosts: string[]): Seen => ({
    ...HEALTHY,
    nameServers: HEALTHY.nameServers.map((each) => ({ ...each, ownHosts })),
  });
  const [first, second] = ["ns1.example.net.", "ns2.example.net."];
  const delegatedTo = (seen: Seen, ...hosts: string[]): Seen => {
    const parent = { ...HEALTHY.chain.parent, delegation: { hosts, ttl: 3_600 } };
    return { ...seen, chain: { ...seen.chain, parent } };
  };

  test("may be those of the delegation, in any case, or not be told", () => {
    expect(codesOf(naming("NS2.example.net.", first))).toEqual([]);
    expect(codesOf(HEALTHY)).toEqual([]);
  });

  test("are a warning when they name one more or one less", () => {
    expect(codesOf(naming(first, second, "ns.old.example."))).toEqual(["warning name-servers-differ"]);
    expect(codesOf(naming(first))).toEqual(["warning name-servers-differ"]);
  });

  test("may name others beside Cloudflare's where the parent does too", () => {
    const hosts = [first, second, "ns.other.example."];
    expect(codesOf(delegatedTo(naming(...hosts), ...hosts))).toEqual([]);
  });

  test("are told once where the parent lacks one of Cloudflare's", () => {
    expect(codesOf(delegatedTo(naming(first, second), first))).toEqual(["warning partly-delegated"]);
  });

  test("have to name Cloudflare's before the zone is delegated there, and may name the old ones still", () => {
    const old = "ns.old.example.";
    expect(codesOf(delegatedTo(naming(first, second, old), old))).toEqual(["warning not-delegated"]);
    expect(codesOf(delegatedTo(naming(old), old))).toEqual([
      "warning not-delegated",
      "warning name-servers-differ",
    ]);
  });
});

describe("a zone that is not delegated to Cloudflare", () => {
  const delegation = { hosts: ["ns.old.example."], ttl: 3_600 };
  const parent = { ...HEALTHY.chain.parent, delegation };
  const elsewhere = (nameServers: Seen["nameServers"]): Seen => ({
    ...HEALTHY,
    nameServers,
    chain: { ...HEALTHY.chain, parent },
  });
  const advice = (seen: Seen) => foundIn(seen, "not-delegated")?.next?.join("\n");

  test("is to be delegated there while Cloudflare's name servers serve it, or are not reached from here", () => {
    const next = "delegate example.com at the registrar to ns1.example.net, ns2.example.net.";
    expect(advice(elsewhere(HEALTHY.nameServers))).toBe(next);
    expect(advice(elsewhere(withServers(failure(silence)).nameServers))).toBe(next);
  });

  test("is not to be before they do", () => {
    expect(advice(elsewhere(withServers(failure({ kind: "refused" })).nameServers))).toMatch(
      /^fix first what is found at Cloudflare: .* Once they do, delegate it at the registrar to /,
    );
  });

  test("and is of another type than secondary is not told to get a transfer", () => {
    const zone = { name: ZONE, type: "full" };
    expect(codesOf({ ...HEALTHY, zone, incoming: undefined })).toContain("fault zone-not-secondary");
    expect(codesOf({ ...HEALTHY, zone, incoming: undefined })).not.toContain("fault transfer-missing");
    expect(codesOf({ ...HEALTHY, incoming: undefined })).toContain("fault transfer-missing");
  });
});

describe("a server that the zone is delegated to beside Cloudflare's", () => {
  const OTHER = { ...KSK, publicKey: Buffer.alloc(64, 2) };
  const HOST = "ns.other.example";
  const beside = (
    view: Seen["otherServers"][number]["view"],
    hosts = ["ns1.example.net.", "ns2.example.net."],
  ): Seen => {
    const parent = { ...HEALTHY.chain.parent, delegation: { hosts: [...hosts, `${HOST}.`], ttl: 3_600 } };
    return { ...HEALTHY, otherServers: [{ host: HOST, view }], chain: { ...HEALTHY.chain, parent } };
  };
  const serving = (view: Partial<ZoneView>) => beside(success({ ...VIEW, ...view }));

  test("is named, and nothing is found where it serves what validates", () => {
    expect(codesOf(serving({}))).toEqual([]);
    expect(foundIn(serving({}), "parent-ok")?.text).toContain(`to Cloudflare and ${HOST} and has DS`);
  });

  test("is named beside what the delegation lacks", () => {
    const seen = beside(success(VIEW), ["ns1.example.net."]);
    expect(codesOf(seen)).toEqual(["warning partly-delegated"]);
    expect(foundIn(seen, "partly-delegated")?.text).toBe(
      `The delegation of ${ZONE} lacks ns2.example.net, which Cloudflare has for it, and names ${HOST}, which is not Cloudflare's.`,
    );
  });

  test("is a warning where it cannot be queried, or has no address", () => {
    expect(codesOf(beside(failure(silence)))).toEqual(["warning other-server-not-asked"]);
    expect(codesOf(beside(undefined))).toEqual(["warning other-server-not-asked"]);
    expect(foundIn(beside(undefined), "other-server-not-asked")?.text).toContain(
      "no resolver has an address of it",
    );
  });

  test("is a fault where it is lame", () => {
    expect(codesOf(beside(failure({ kind: "not-authoritative" })))).toEqual(["fault other-server-refuses"]);
  });

  test.each<[string, Partial<ZoneView>, string]>([
    ["unsigned", { isSigned: false, signers: [], zoneSigners: [] }, "without valid signatures"],
    [
      "with expired signatures",
      { isSigned: false, signers: [], ended: SECONDS - 60 },
      "signatures that expired at",
    ],
    [
      "signed by keys that the DS is not of",
      { dnskeys: [OTHER], signers: [OTHER], zoneSigners: [OTHER] },
      `(key ${keyTagOf(OTHER)}) do not validate`,
    ],
    [
      "with a zone-signing key of its own",
      { dnskeys: [KSK, OTHER], zoneSigners: [OTHER] },
      "keys that Cloudflare does not publish",
    ],
  ])("is a fault where it serves the zone %s", (_what, view, words) => {
    expect(codesOf(serving(view))).toEqual(["fault other-server-foreign"]);
    expect(foundIn(serving(view), "other-server-foreign")?.text).toContain(words);
  });

  test("may serve the zone in any way where there is no DS, but not another version of it", () => {
    const set = { ds: [], ttl: 0 };
    const insecure = (seen: Seen): Seen => {
      const parent = { ...seen.chain.parent, now: set, byResolver: set };
      return { ...seen, chain: { ...seen.chain, parent } };
    };
    const unsigned = { isSigned: false, signers: [], zoneSigners: [] };
    expect(codesOf(insecure(serving(unsigned)))).toEqual(["warning ds-missing"]);
    expect(codesOf(serving({ serial: 6 }))).toEqual(["warning other-server-serial-differs"]);
    const ahead = serving({ serial: 8 });
    const primaries = [{ primary: PRIMARY, view: success({ ...VIEW, serial: 8 }) }];
    expect(codesOf({ ...ahead, chain: { ...ahead.chain, primaries } })).toEqual(["warning serial-behind"]);
  });
});

test.each<[FailureCause, string]>([
  [silence, "warning primary-silent"],
  [{ kind: "unreachable", reason: "nothing listens there" }, "fault primary-unreachable"],
  [{ kind: "unreachable", reason: "there is no route to it", noRoute: true }, "warning primary-unreachable"],
  [{ kind: "refused" }, "warning primary-refuses"],
  [{ kind: "key-refused" }, "fault key-refused"],
  [{ kind: "no-key" }, "fault key-missing"],
  [{ kind: "forged-answer" }, "fault answer-forged"],
  [{ kind: "failed", rcode: 2 }, "fault primary-fails"],
])("a primary's failure %j is told as %s", (cause, code) => {
  const primaries = [{ primary: PRIMARY, view: failure(cause) }];
  expect(codesOf({ ...HEALTHY, chain: { ...HEALTHY.chain, primaries } })).toEqual([code]);
});

test("a token that may not read zones leaves its part open, and the rest is looked at", () => {
  expect(codesOf({ ...HEALTHY, zone: undefined })).toEqual(["warning zone-not-read"]);
});

describe("the report", () => {
  const sick = withServers(success(VIEW), failure({ kind: "refused" }));

  test("has for every finding that is not ok what to do", () => {
    const told = judge(sick).filter(({ verdict }) => verdict !== "ok");
    expect(told.length).toBeGreaterThan(0);
    for (const { next } of told) expect(next?.length).toBeGreaterThan(0);
  });

  test("fits its picture into 80 columns, with the worst verdict of each part", () => {
    const address = "2001:0db8:1111:2222:3333:4444:5555:6666";
    const key = { name: "k".repeat(60), algorithm: "hmac-sha512.", secret: new Secret("c2VjcmV0") };
    const far = { ...PRIMARY, address, port: 53_000, key };
    const primaries = [{ primary: far, view: success({ ...VIEW, serial: 4_294_967_295 }) }];
    const long = { ...sick, chain: { ...sick.chain, primaries } };
    const lines = picture(long, judge(long)).split("\n");
    for (const { length } of lines) expect(length).toBeLessThanOrEqual(80);
    expect(lines.find((line) => line.includes(address))).toMatch(/fault$/);
    expect(lines.find((line) => line.includes("2 name servers"))).toMatch(/fault$/);
  });

  test("counts faults and warnings, and is JSON for programs", () => {
    expect(textReport(sick, judge(sick))).toMatch(/\n1 fault, 1 warning\.\n$/);
    expect(JSON.parse(jsonReport(sick, judge(sick)))).toMatchObject({ zone: ZONE, verdict: "fault" });
  });

  test("lets no text from outside act on the terminal or begin a line", () => {
    const auto = {
      domainName: ZONE,
      status: "error",
      reason: null,
      isEnabled: false,
      isBlocked: false,
      blockedUntil: null,
      blockReason: null,
      lastCheckedAt: null,
      lastError: "\u001b[31mbroken\nok       all is well",
      nameserversChangedAt: null,
    };
    const seen: Seen = { ...HEALTHY, registrar: { kind: "seen", auto } };
    const text = textReport(seen, judge(seen));
    expect(text).not.toContain("\u001b");
    expect(text).not.toMatch(/^ok {7}all is well/m);
  });
});
