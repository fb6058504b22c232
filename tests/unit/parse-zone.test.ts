import { conflicts, parseZone, type RawKey, type RawZone } from "../../servers/parse-zone";
import { problemLine } from "../../servers/parsing";
import { type ZoneWish, zoneOf } from "../support/server-config";

const secret = Buffer.alloc(64, 1).toString("base64");
const key: RawKey = { name: "cf.example.com.", algo: "hmac-sha512.", secret };
const raw: RawZone = {
  zoneName: "example.com",
  keys: [key],
  signing: { by: "primary", denial: "nsec3" },
  cloudflareAddresses: undefined,
  autoRefreshSeconds: undefined,
};

/** What is wrong with a zone, as a user reads it. */
function problemsOf(change: Partial<RawZone>): string {
  const parsed = parseZone({ ...raw, ...change });
  return "problems" in parsed ? parsed.problems.map(problemLine).join("\n") : "nothing";
}

test.each([
  "example.se; touch X #",
  "$(id)",
  '"; };\ninclude "/etc/passwd"; //',
  "../../x",
  "",
  ".",
  "a'b.se",
  "a`id`.se",
  "a\\.se",
  "-rf.se",
  "x".repeat(300),
])("%j is no zone's name", (zoneName) => {
  expect(problemsOf({ zoneName })).toMatch(/^zoneName is .+; allowed: a domain name of labels with letters/);
});

test("a zone's name is kept in lower case, with or without a final dot", () => {
  for (const zoneName of ["Example.COM", "example.com."])
    expect(parseZone({ ...raw, zoneName })).toMatchObject({ value: { name: "example.com." } });
});

test("of an internationalized name, the form that the DNS has is named", () => {
  expect(problemsOf({ zoneName: "exämple.se" })).toContain(
    '"exämple.se" is written "xn--exmple-cua.se" in the DNS',
  );
});

test("nothing of a name steers the terminal that its refusal is shown on", () => {
  for (const steering of ["\u001b[2Ja", "a\nNext: run this", "\u009b31ma", "\u202ea", "\u200ba"]) {
    const text = problemsOf({ zoneName: steering, keys: [{ ...key, name: steering, algo: steering }] });
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{C}/u);
    expect(text.split("\n")).toHaveLength(3);
  }
});

describe("of a TSIG in the account,", () => {
  test.each<[string, Partial<RawKey>, string]>([
    [
      "name",
      { name: "k; touch X" },
      'the TSIG "k; touch X": name is "k; touch X"; allowed: a domain name (the',
    ],
    [
      "algorithm",
      { algo: "hmac-sha512.; };" },
      'algo is "hmac-sha512.; };"; allowed: "hmac-sha512.", "hmac-',
    ],
    ["broken algorithm", { algo: "hmac-md5.sig-alg.reg.int." }, "allowed: "],
    ["secret", { secret: `${secret}'; id #` }, "secret is not acceptable (it is secret, so not shown)"],
    ["secret of nothing", { secret: "" }, "allowed: base64 (RFC 4648) of 1 to 1024 bytes on one line"],
    ["secret on two lines", { secret: `${secret}\n` }, "secret is not acceptable"],
    ["long secret", { secret: Buffer.alloc(1025).toString("base64") }, "secret is not acceptable"],
  ])("a %s that no server should read is refused", (_what, change, message) => {
    expect(problemsOf({ keys: [{ ...key, ...change }] })).toContain(message);
  });

  test("no secret is shown, whatever else is wrong", () => {
    const hostile = { name: "a b", algo: "x", secret: "MARKED'" };
    expect(problemsOf({ keys: [hostile, key] })).not.toContain("MARKED");
  });
});

test.each(["", "none", "insecure", "-p", "a b", 'a"', "a;b", "a\n", "x".repeat(101), 5, null])(
  "%j is no policy that a primary signs by",
  (policy) => {
    expect(problemsOf({ policy })).toMatch(/^dnssec\.primaryPolicy is .+; allowed: the name of a policy/);
  },
);

test.each(["default", "rsa-2024", "A_b.c", "x".repeat(100)])(
  "%s may be a policy of the primary",
  (policy) => {
    expect(parseZone({ ...raw, policy })).toMatchObject({ value: { policy } });
  },
);

test("all that is wrong is told at once", () => {
  const text = problemsOf({
    zoneName: "a b",
    keys: [{ name: "a b", algo: "x", secret: "x" }],
    cloudflareAddresses: { transferFrom: ["any"], notify: [] },
  });
  expect(text.split("\n")).toHaveLength(6);
});

test("networks come in the form that every server reads", () => {
  const cloudflareAddresses = {
    transferFrom: ["192.0.2.1/24", "2001:DB8::1/64", "192.0.2.1"],
    notify: [{ address: "2001:DB8:0::1", port: 53 }],
  };
  expect(parseZone({ ...raw, cloudflareAddresses })).toMatchObject({
    value: {
      secondary: {
        transferFrom: ["192.0.2.0/24", "2001:db8::/64", "192.0.2.1"],
        notify: [{ address: "2001:db8::1", port: 53 }],
      },
    },
  });
});

const wish: ZoneWish = { zoneName: "example.com", keys: [key], mode: "nsec3" };
const told = (...zones: [ZoneWish, ...ZoneWish[]]) =>
  conflicts([zoneOf(zones[0]), ...zones.slice(1).map(zoneOf)]).map(problemLine);

test("zones of one server may share a key, and not have two of one name", () => {
  const other = { ...wish, zoneName: "example.net" };
  expect(told(wish, other)).toEqual([]);
  expect(told({ ...wish, keys: [key, key] })).toEqual([]);
  const namesake = { ...key, name: "CF.example.com", algo: "hmac-sha256." };
  expect(told(wish, { ...other, keys: [namesake] })).toEqual([
    'tsig is two different keys that are both called "cf.example.com."; allowed: one key of each name',
  ]);
});

test("a zone may not be in a configuration twice", () => {
  expect(told(wish, { ...wish, zoneName: "Example.com." })).toEqual([
    'zones is "example.com." twice; allowed: each zone once',
  ]);
});
