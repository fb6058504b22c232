import * as fc from "fast-check";
import { UNKNOWN } from "../../provider/core/unknown";
import { hostupDnssecAuto, tsig, zoneDnssec } from "../../provider/runtime";
import { type Bag, handlerOf } from "../support/handlers";

type Failure = readonly [property: string, reason: string];
type Refused = readonly [title: string, inputs: Bag, ...failures: readonly Failure[]];
type Accepted = readonly [title: string, inputs: Bag, checked: Bag];

const ID = "0123456789abcdef0123456789abcdef";
/** 64 bytes. */
const SECRET = Buffer.alloc(64, 7).toString("base64");
const octets = (count: number) => Buffer.alloc(count, 0xfb).toString("base64");

const handlers = {
  ZoneDnssec: handlerOf(zoneDnssec),
  Tsig: handlerOf(tsig),
  HostupDnssecAuto: handlerOf(hostupDnssecAuto),
};
type Name = keyof typeof handlers;

const check = (name: Name, inputs: Bag) => handlers[name].check({}, inputs);

function refuses(name: Name, cases: readonly Refused[]): void {
  test.each(cases.map(([title, ...rest]) => [title, rest] as const))(
    "%s",
    async (_title, [inputs, ...all]) => {
      const { failures } = await check(name, inputs);
      expect(failures).toStrictEqual(all.map(([property, reason]) => ({ property, reason })));
    },
  );
}

function accepts(name: Name, cases: readonly Accepted[]): void {
  test.each(cases)("%s", async (_title, inputs, checked) => {
    const first = await check(name, inputs);
    expect(first).toStrictEqual({ inputs: checked, failures: [] });
    const again = await check(name, checked);
    expect(again).toStrictEqual({ inputs: checked, failures: [] });
  });
}

const PROFILE = 'a name of lower-case letters, digits and hyphens, such as "eu"';

describe("ZoneDnssec refuses", () => {
  const ZONE_ID = "a zone id: 32 hexadecimal digits, as Cloudflare's dashboard and API show it";
  const STATUS = '"active", "disabled"';
  const FLAG = "true or false";
  const ON_DELETE = '"restore", "disable", "retain"';
  const KNOWN = "zoneId, status, dnssecPresigned, dnssecUseNsec3, dnssecMultiSigner, onDelete, profile";

  refuses("ZoneDnssec", [
    ["no inputs at all", {}, ["zoneId", `zoneId is missing; required: ${ZONE_ID}`]],
    ["a zone id that is a number", { zoneId: 42 }, ["zoneId", `zoneId is 42; allowed: ${ZONE_ID}`]],
    ["a zone id that is null", { zoneId: null }, ["zoneId", `zoneId is null; allowed: ${ZONE_ID}`]],
    ["a zone id that is a list", { zoneId: [ID] }, ["zoneId", `zoneId is ["${ID}"]; allowed: ${ZONE_ID}`]],
    [
      "a zone id that is an object, such as a whole zone",
      { zoneId: { id: ID } },
      ["zoneId", `zoneId is {"id":"${ID}"}; allowed: ${ZONE_ID}`],
    ],
    ["a zone id that is a boolean", { zoneId: true }, ["zoneId", `zoneId is true; allowed: ${ZONE_ID}`]],
    ["an empty zone id", { zoneId: "" }, ["zoneId", `zoneId is ""; allowed: ${ZONE_ID}`]],
    [
      "the zone's name in place of its id",
      { zoneId: "example.com" },
      ["zoneId", `zoneId is "example.com"; allowed: ${ZONE_ID}`],
    ],
    [
      "a zone id with 31 digits",
      { zoneId: ID.slice(1) },
      ["zoneId", `zoneId is "${ID.slice(1)}"; allowed: ${ZONE_ID}`],
    ],
    ["a zone id with 33 digits", { zoneId: `${ID}0` }, ["zoneId", `zoneId is "${ID}0"; allowed: ${ZONE_ID}`]],
    [
      "a zone id with a digit that is not hexadecimal",
      { zoneId: `${ID.slice(1)}g` },
      ["zoneId", `zoneId is "${ID.slice(1)}g"; allowed: ${ZONE_ID}`],
    ],
    [
      "a zone id with hyphens, like a UUID",
      { zoneId: "01234567-89ab-cdef-0123-456789abcdef" },
      ["zoneId", `zoneId is "01234567-89ab-cdef-0123-456789abcdef"; allowed: ${ZONE_ID}`],
    ],
    [
      "a zone id with a line break at its end",
      { zoneId: `${ID}\n` },
      ["zoneId", `zoneId is "${ID}\\n"; allowed: ${ZONE_ID}`],
    ],
    [
      "a zone id that tries to reach another path",
      { zoneId: "../accounts" },
      ["zoneId", `zoneId is "../accounts"; allowed: ${ZONE_ID}`],
    ],
    [
      "a value of any length, shown by its beginning",
      { zoneId: "z".repeat(500) },
      ["zoneId", `zoneId is "${"z".repeat(99)}… (500 characters); allowed: ${ZONE_ID}`],
    ],
    [
      "a status of the API that is not for choosing",
      { zoneId: ID, status: "pending" },
      ["status", `status is "pending"; allowed: ${STATUS}`],
    ],
    [
      "a status in capitals",
      { zoneId: ID, status: "Active" },
      ["status", `status is "Active"; allowed: ${STATUS}`],
    ],
    [
      "a status that is a boolean",
      { zoneId: ID, status: true },
      ["status", `status is true; allowed: ${STATUS}`],
    ],
    ["a status that is null", { zoneId: ID, status: null }, ["status", `status is null; allowed: ${STATUS}`]],
    [
      "a flag that is a string",
      { zoneId: ID, dnssecPresigned: "true" },
      ["dnssecPresigned", `dnssecPresigned is "true"; allowed: ${FLAG}`],
    ],
    [
      "a flag that is a number",
      { zoneId: ID, dnssecUseNsec3: 1 },
      ["dnssecUseNsec3", `dnssecUseNsec3 is 1; allowed: ${FLAG}`],
    ],
    [
      "a flag that is null",
      { zoneId: ID, dnssecMultiSigner: null },
      ["dnssecMultiSigner", `dnssecMultiSigner is null; allowed: ${FLAG}`],
    ],
    [
      "a flag that is an object",
      { zoneId: ID, dnssecUseNsec3: {} },
      ["dnssecUseNsec3", `dnssecUseNsec3 is {}; allowed: ${FLAG}`],
    ],
    [
      "a flag that is a list",
      { zoneId: ID, dnssecUseNsec3: [] },
      ["dnssecUseNsec3", `dnssecUseNsec3 is []; allowed: ${FLAG}`],
    ],
    [
      "presigned together with multi-signer",
      { zoneId: ID, dnssecPresigned: true, dnssecMultiSigner: true },
      [
        "",
        "dnssecPresigned and dnssecMultiSigner are both true; allowed: one of them, since a presigned zone is not signed by Cloudflare and a multi-signer zone is (RFC 8901)",
      ],
    ],
    [
      "presigned while disabled",
      { zoneId: ID, status: "disabled", dnssecPresigned: true },
      [
        "",
        'dnssecPresigned is true while status is "disabled"; allowed: true with status "active", since the flag alone can make the zone answer REFUSED',
      ],
    ],
    [
      "an onDelete of another resource",
      { zoneId: ID, onDelete: "exclude" },
      ["onDelete", `onDelete is "exclude"; allowed: ${ON_DELETE}`],
    ],
    [
      "an onDelete that is a boolean",
      { zoneId: ID, onDelete: false },
      ["onDelete", `onDelete is false; allowed: ${ON_DELETE}`],
    ],
    [
      "a profile with capitals",
      { zoneId: ID, profile: "EU" },
      ["profile", `profile is "EU"; allowed: ${PROFILE}`],
    ],
    ["an empty profile", { zoneId: ID, profile: "" }, ["profile", `profile is ""; allowed: ${PROFILE}`]],
    [
      "a profile with a space",
      { zoneId: ID, profile: "e u" },
      ["profile", `profile is "e u"; allowed: ${PROFILE}`],
    ],
    [
      "a profile that begins with a digit",
      { zoneId: ID, profile: "1eu" },
      ["profile", `profile is "1eu"; allowed: ${PROFILE}`],
    ],
    [
      "a profile that ends in a hyphen",
      { zoneId: ID, profile: "eu-" },
      ["profile", `profile is "eu-"; allowed: ${PROFILE}`],
    ],
    [
      "a profile that would reach into another key",
      { zoneId: ID, profile: "eu:apiToken" },
      ["profile", `profile is "eu:apiToken"; allowed: ${PROFILE}`],
    ],
    [
      "a profile that is null",
      { zoneId: ID, profile: null },
      ["profile", `profile is null; allowed: ${PROFILE}`],
    ],
    [
      "an input with the API's spelling",
      { zoneId: ID, dnssec_presigned: true },
      ["", `dnssec_presigned is not an input; allowed: ${KNOWN}`],
    ],
    [
      "an input in the wrong case, and names the right one",
      { zoneId: ID, dnssecUseNSEC3: true },
      ["", `dnssecUseNSEC3 is not an input; did you mean dnssecUseNsec3? allowed: ${KNOWN}`],
    ],
    [
      "an input whose name every object has",
      { zoneId: ID, constructor: "x", toString: "y" },
      ["", `constructor is not an input; allowed: ${KNOWN}`],
      ["", `toString is not an input; allowed: ${KNOWN}`],
    ],
    [
      "an output given as an input",
      { zoneId: ID, observedStatus: "active" },
      ["", `observedStatus is not an input; allowed: ${KNOWN}`],
    ],
    [
      "everything that is wrong at once",
      { status: 1, dnssecPresigned: "no", dnssecUseNsec3: 0, onDelete: "x", profile: 7, zone: ID },
      ["zoneId", `zoneId is missing; required: ${ZONE_ID}`],
      ["status", `status is 1; allowed: ${STATUS}`],
      ["dnssecPresigned", `dnssecPresigned is "no"; allowed: ${FLAG}`],
      ["dnssecUseNsec3", `dnssecUseNsec3 is 0; allowed: ${FLAG}`],
      ["onDelete", `onDelete is "x"; allowed: ${ON_DELETE}`],
      ["profile", `profile is 7; allowed: ${PROFILE}`],
      ["", `zone is not an input; allowed: ${KNOWN}`],
    ],
    [
      "an exclusive pair beside a missing zone id",
      { dnssecPresigned: true, dnssecMultiSigner: true },
      ["zoneId", `zoneId is missing; required: ${ZONE_ID}`],
      [
        "",
        "dnssecPresigned and dnssecMultiSigner are both true; allowed: one of them, since a presigned zone is not signed by Cloudflare and a multi-signer zone is (RFC 8901)",
      ],
    ],
  ]);
});

describe("Tsig refuses", () => {
  const ACCOUNT_ID = "an account id: 32 hexadecimal digits, as Cloudflare's dashboard and API show it";
  const NAME =
    "a domain name of labels with letters, digits, hyphens and underscores, 1 to 63 each, 253 in all without the final dot";
  const ALGO =
    '"hmac-sha512.", "hmac-sha384.", "hmac-sha256.", "hmac-sha224.", "hmac-sha1." (RFC 8945 section 6)';
  const NOT_MD5 = "hmac-md5.sig-alg.reg.int. must not be used (RFC 8945 section 6, RFC 6151)";
  const BAD_SECRET =
    "secret is not acceptable (its value is secret, so not shown); allowed: base64 (RFC 4648) of 16 to 256 bytes on one line, or nothing to have it generated";
  const KNOWN = "accountId, name, algo, secret, adopt, profile";
  const base = { accountId: ID, name: "cf.example.com." };

  const badName = (name: string, problem: string, shown = JSON.stringify(name)): readonly [Bag, Failure] => [
    { ...base, name },
    ["name", `name is ${shown}; allowed: ${NAME} (${problem})`],
  ];
  const label64 = "a".repeat(64);
  const name254 = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(62)}`;

  refuses("Tsig", [
    [
      "no inputs at all",
      {},
      ["accountId", `accountId is missing; required: ${ACCOUNT_ID}`],
      ["name", `name is missing; required: ${NAME}`],
    ],
    [
      "an account id that is too short",
      { ...base, accountId: "abc" },
      ["accountId", `accountId is "abc"; allowed: ${ACCOUNT_ID}`],
    ],
    [
      "an account id that is an e-mail address",
      { ...base, accountId: "me@example.com" },
      ["accountId", `accountId is "me@example.com"; allowed: ${ACCOUNT_ID}`],
    ],
    [
      "an account id that is a number",
      { ...base, accountId: 1234 },
      ["accountId", `accountId is 1234; allowed: ${ACCOUNT_ID}`],
    ],
    [
      "an account id that is null",
      { ...base, accountId: null },
      ["accountId", `accountId is null; allowed: ${ACCOUNT_ID}`],
    ],
    ["a name that is a number", { ...base, name: 53 }, ["name", `name is 53; allowed: ${NAME}`]],
    ["a name that is null", { ...base, name: null }, ["name", `name is null; allowed: ${NAME}`]],
    ["a name that is a list", { ...base, name: ["a"] }, ["name", `name is ["a"]; allowed: ${NAME}`]],
    ["a name that is an object", { ...base, name: {} }, ["name", `name is {}; allowed: ${NAME}`]],
    ["a name that is a boolean", { ...base, name: false }, ["name", `name is false; allowed: ${NAME}`]],
    ["an empty name", ...badName("", "a label is empty")],
    ["the root as a name", ...badName(".", "a label is empty")],
    ["a name with an empty label", ...badName("cf..example.com", "a label is empty")],
    ["a name that begins with a dot", ...badName(".example.com", "a label is empty")],
    ["a name with two final dots", ...badName("example.com..", "a label is empty")],
    [
      "a name with a label of 64 characters",
      ...badName(`${label64}.example`, 'the label "aaaaaaaaaaaaaaaaaaaa…" has 64 characters'),
    ],
    [
      "a name of 254 characters",
      ...badName(name254, "it has 254 characters", `"${name254.slice(0, 99)}… (254 characters)`),
    ],
    [
      "a name with a space",
      ...badName("cf example.com", 'the label "cf example" has a character that is not allowed'),
    ],
    [
      "a name with a line break",
      ...badName("cf.example.com\n", 'the label "com\n" has a character that is not allowed'),
    ],
    [
      "a label that begins with a hyphen",
      ...badName("-cf.example.com", 'the label "-cf" begins or ends with a hyphen'),
    ],
    [
      "a label that ends with a hyphen",
      ...badName("cf-.example.com", 'the label "cf-" begins or ends with a hyphen'),
    ],
    [
      "a name with a letter outside ASCII",
      ...badName("nyckel.räksmörgås.se", 'the label "räksmörgås" has a character that is not allowed'),
    ],
    [
      "a name with a sign that only looks like a K and lower-cases to one",
      ...badName("\u212aey.example", 'the label "\u212aey" has a character that is not allowed'),
    ],
    [
      "a name with an escaped dot",
      ...badName("a\\.b.example.com", 'the label "a\\" has a character that is not allowed'),
    ],
    [
      "a name with a decimal escape",
      ...badName("a\\046b.example.com", 'the label "a\\046b" has a character that is not allowed'),
    ],
    [
      "a name with a wildcard",
      ...badName("*.example.com", 'the label "*" has a character that is not allowed'),
    ],
    [
      "MD5, and says why",
      { ...base, algo: "hmac-md5.sig-alg.reg.int." },
      ["algo", `algo is "hmac-md5.sig-alg.reg.int."; allowed: ${ALGO}; ${NOT_MD5}`],
    ],
    [
      "MD5 by its short name",
      { ...base, algo: "HMAC-MD5" },
      ["algo", `algo is "HMAC-MD5"; allowed: ${ALGO}; ${NOT_MD5}`],
    ],
    [
      "an algorithm without its prefix",
      { ...base, algo: "sha256" },
      ["algo", `algo is "sha256"; allowed: ${ALGO}`],
    ],
    [
      "an algorithm that nobody has defined",
      { ...base, algo: "hmac-sha3-512." },
      ["algo", `algo is "hmac-sha3-512."; allowed: ${ALGO}`],
    ],
    [
      "a truncated variant",
      { ...base, algo: "hmac-sha256-128." },
      ["algo", `algo is "hmac-sha256-128."; allowed: ${ALGO}`],
    ],
    ["GSS-TSIG", { ...base, algo: "gss-tsig." }, ["algo", `algo is "gss-tsig."; allowed: ${ALGO}`]],
    [
      "an algorithm with two final dots",
      { ...base, algo: "hmac-sha256.." },
      ["algo", `algo is "hmac-sha256.."; allowed: ${ALGO}`],
    ],
    [
      "an algorithm with a space",
      { ...base, algo: "hmac-sha256 " },
      ["algo", `algo is "hmac-sha256 "; allowed: ${ALGO}`],
    ],
    ["an empty algorithm", { ...base, algo: "" }, ["algo", `algo is ""; allowed: ${ALGO}`]],
    ["an algorithm that is a number", { ...base, algo: 512 }, ["algo", `algo is 512; allowed: ${ALGO}`]],
    ["an algorithm that is null", { ...base, algo: null }, ["algo", `algo is null; allowed: ${ALGO}`]],
    ["adopt as a string", { ...base, adopt: "yes" }, ["adopt", 'adopt is "yes"; allowed: true or false']],
    ["adopt as a number", { ...base, adopt: 1 }, ["adopt", "adopt is 1; allowed: true or false"]],
    ["adopt as null", { ...base, adopt: null }, ["adopt", "adopt is null; allowed: true or false"]],
    [
      "the API's name of the account",
      { name: "cf.example.com.", account_id: ID },
      ["accountId", `accountId is missing; required: ${ACCOUNT_ID}`],
      ["", `account_id is not an input; allowed: ${KNOWN}`],
    ],
    [
      "the algorithm under another tool's name",
      { ...base, algorithm: "hmac-sha256." },
      ["", `algorithm is not an input; allowed: ${KNOWN}`],
    ],
    [
      "everything that is wrong at once, the secret by name alone",
      { accountId: "x", name: "", algo: "md4", secret: "short", adopt: 0, profile: "-", Adopt: true },
      ["accountId", `accountId is "x"; allowed: ${ACCOUNT_ID}`],
      ["name", `name is ""; allowed: ${NAME} (a label is empty)`],
      ["algo", `algo is "md4"; allowed: ${ALGO}`],
      ["", BAD_SECRET],
      ["adopt", "adopt is 0; allowed: true or false"],
      ["profile", `profile is "-"; allowed: ${PROFILE}`],
      ["", `Adopt is not an input; did you mean adopt? allowed: ${KNOWN}`],
    ],
  ]);

  describe("without a property, so that the CLI does not print its value,", () => {
    const good = octets(32);
    const urlSafe = good.replaceAll("+", "-").replaceAll("/", "_");
    const secrets: readonly (readonly [title: string, secret: unknown])[] = [
      ["a secret that is not base64", "correct horse battery staple!!"],
      ["a secret in hexadecimal digits of odd length", "0123456789abcdef0123456789abcdef0"],
      ["a secret in URL-safe base64", urlSafe],
      ["a secret with a space before it", ` ${good}`],
      ["a secret with a space in it", `${good.slice(0, 8)} ${good.slice(8)}`],
      ["a secret with a line break at its end, as a file has", `${good}\n`],
      ["a secret in lines of 64 characters", `${good.slice(0, 40)}\n${good.slice(40)}`],
      ["a secret without its padding", good.replace(/=+$/, "")],
      ["a secret with stray bits in its last character", `${good.slice(0, -2)}9=`],
      ["a secret of 15 bytes", octets(15)],
      ["a secret of 257 bytes", octets(257)],
      ["a secret of no bytes", ""],
      ["a secret that is a number", 1234567890123456],
      ["a secret that is a list", [good]],
      ["a secret that is an object", { value: good }],
      ["a secret that is a boolean", true],
      ["a secret that is null", null],
    ];

    test.each(secrets)("%s", async (_title, secret) => {
      const { failures } = await check("Tsig", { ...base, secret });
      expect(failures).toStrictEqual([{ property: "", reason: BAD_SECRET }]);
    });

    test.each([
      ["in capitals", "Secret", " did you mean secret?"],
      ["with two letters changed over", "secert", ""],
      ["as another tool calls it", "tsigSecret", ""],
      ["as a key of its own", "key", ""],
    ])("a secret that is misspelt %s", async (_title, key, question) => {
      const { failures } = await check("Tsig", { ...base, [key]: SECRET });
      expect(failures).toStrictEqual([
        { property: "", reason: `${key} is not an input;${question} allowed: ${KNOWN}` },
      ]);
    });

    test("whatever secret of whatever kind", async () => {
      const anything = fc.oneof(
        fc.string({ minLength: 12 }),
        fc.base64String({ minLength: 12, maxLength: 20 }),
        fc.array(fc.string({ minLength: 12 }), { minLength: 1 }),
        fc.record({ value: fc.string({ minLength: 12 }) }),
      );
      await fc.assert(
        fc.asyncProperty(anything, async (secret) => {
          const { failures = [] } = await check("Tsig", { ...base, secret });
          expect(failures.map(({ property }) => property)).not.toContain("secret");
          const text = JSON.stringify(failures);
          for (const part of [secret].flat()) {
            const value = typeof part === "object" ? part.value : part;
            expect(text).not.toContain(value);
          }
        }),
      );
    });
  });
});

describe("HostupDnssecAuto refuses", () => {
  const DOMAIN_ID = 'an id as GET /domains shows it, such as "dom_01hxa3b4c5d6e7f8g9h0j1k2m3", not a name';
  const NAME =
    "a domain name of labels with letters, digits, hyphens and underscores, 1 to 63 each, 253 in all without the final dot; an internationalised name in its xn-- form";
  const ACTION = '"include", "exclude"';
  const WAIT = "a time-out in whole seconds from 1 to 604800 (a week), or false";
  const ON_DELETE = '"restore", "exclude", "include", "retain"';
  const KNOWN = "domainId, domainName, action, waitForActive, onDelete, profile";
  const base = { domainName: "example.se" };
  const badWait = (waitForActive: unknown): readonly [Bag, Failure] => [
    { ...base, waitForActive },
    ["waitForActive", `waitForActive is ${JSON.stringify(waitForActive)}; allowed: ${WAIT}`],
  ];

  refuses("HostupDnssecAuto", [
    ["neither id nor name", {}, ["", "domainId and domainName are both missing; allowed: one of them"]],
    [
      "both id and name",
      { domainId: "dom_abc123", domainName: "example.se" },
      ["", "domainId and domainName are both given; allowed: one of them"],
    ],
    [
      "a host name as id",
      { domainId: "example.se" },
      ["domainId", `domainId is "example.se"; allowed: ${DOMAIN_ID}`],
    ],
    [
      "an id of another kind",
      { domainId: "zone_01hxa3b4c5d6e7f8g9h0j1k2m3" },
      ["domainId", `domainId is "zone_01hxa3b4c5d6e7f8g9h0j1k2m3"; allowed: ${DOMAIN_ID}`],
    ],
    [
      "an id without anything after its prefix",
      { domainId: "dom_" },
      ["domainId", `domainId is "dom_"; allowed: ${DOMAIN_ID}`],
    ],
    [
      "an id that tries to reach another path",
      { domainId: "dom_a/../b" },
      ["domainId", `domainId is "dom_a/../b"; allowed: ${DOMAIN_ID}`],
    ],
    [
      "an id of the legacy API",
      { domainId: 12345 },
      ["domainId", `domainId is 12345; allowed: ${DOMAIN_ID}`],
    ],
    ["an id that is null", { domainId: null }, ["domainId", `domainId is null; allowed: ${DOMAIN_ID}`]],
    [
      "an id that is an object",
      { domainId: { id: "dom_a" } },
      ["domainId", `domainId is {"id":"dom_a"}; allowed: ${DOMAIN_ID}`],
    ],
    ["a name that is a number", { domainName: 1 }, ["domainName", `domainName is 1; allowed: ${NAME}`]],
    ["a name that is null", { domainName: null }, ["domainName", `domainName is null; allowed: ${NAME}`]],
    [
      "an empty name",
      { domainName: "" },
      ["domainName", `domainName is ""; allowed: ${NAME} (a label is empty)`],
    ],
    [
      "a name with an empty label",
      { domainName: "example..se" },
      ["domainName", `domainName is "example..se"; allowed: ${NAME} (a label is empty)`],
    ],
    [
      "an internationalised name outside its xn-- form",
      { domainName: "räksmörgås.se" },
      [
        "domainName",
        `domainName is "räksmörgås.se"; allowed: ${NAME} (the label "räksmörgås" has a character that is not allowed)`,
      ],
    ],
    [
      "an URL as name",
      { domainName: "https://example.se" },
      [
        "domainName",
        `domainName is "https://example.se"; allowed: ${NAME} (the label "https://example" has a character that is not allowed)`,
      ],
    ],
    [
      "an action of no kind",
      { ...base, action: "enable" },
      ["action", `action is "enable"; allowed: ${ACTION}`],
    ],
    [
      "an action in capitals",
      { ...base, action: "INCLUDE" },
      ["action", `action is "INCLUDE"; allowed: ${ACTION}`],
    ],
    [
      "an action that is a boolean",
      { ...base, action: true },
      ["action", `action is true; allowed: ${ACTION}`],
    ],
    ["an action that is null", { ...base, action: null }, ["action", `action is null; allowed: ${ACTION}`]],
    ["a wait of no time", ...badWait(0)],
    ["a wait of less than no time", ...badWait(-1)],
    ["a wait of one and a half seconds", ...badWait(1.5)],
    ["a wait of more than a week", ...badWait(604_801)],
    ["a wait without a time-out", ...badWait(true)],
    ["a wait whose time-out is a string", ...badWait("30")],
    ["a wait whose time-out has a unit", ...badWait("30s")],
    ["a wait that is null", ...badWait(null)],
    ["a wait that is an object", ...badWait({ seconds: 30 })],
    [
      "a wait for an excluded domain to become active",
      { ...base, action: "exclude", waitForActive: 30 },
      [
        "",
        'waitForActive is set while action is "exclude"; allowed: false, since an excluded domain never becomes active',
      ],
    ],
    [
      "an onDelete of another resource",
      { ...base, onDelete: "disable" },
      ["onDelete", `onDelete is "disable"; allowed: ${ON_DELETE}`],
    ],
    [
      "a profile with an underscore",
      { ...base, profile: "my_profile" },
      ["profile", `profile is "my_profile"; allowed: ${PROFILE}`],
    ],
    [
      "a profile with two hyphens in a row",
      { ...base, profile: "eu--west" },
      ["profile", `profile is "eu--west"; allowed: ${PROFILE}`],
    ],
    [
      "an input in the wrong case, and names the right one",
      { ...base, domainID: "dom_a" },
      ["", `domainID is not an input; did you mean domainId? allowed: ${KNOWN}`],
    ],
    [
      "a field of the API that is not an input",
      { ...base, isEnabled: true },
      ["", `isEnabled is not an input; allowed: ${KNOWN}`],
    ],
    [
      "everything that is wrong at once",
      { domainId: "example.se", action: "on", waitForActive: 0, onDelete: 1, profile: "A", force: true },
      ["domainId", `domainId is "example.se"; allowed: ${DOMAIN_ID}`],
      ["action", `action is "on"; allowed: ${ACTION}`],
      ["waitForActive", `waitForActive is 0; allowed: ${WAIT}`],
      ["onDelete", `onDelete is 1; allowed: ${ON_DELETE}`],
      ["profile", `profile is "A"; allowed: ${PROFILE}`],
      ["", `force is not an input; allowed: ${KNOWN}`],
    ],
    [
      "both rules at once",
      { action: "exclude", waitForActive: 5 },
      ["", "domainId and domainName are both missing; allowed: one of them"],
      [
        "",
        'waitForActive is set while action is "exclude"; allowed: false, since an excluded domain never becomes active',
      ],
    ],
  ]);
});

describe("good inputs get defaults and their normal form, once:", () => {
  const dnssecDefaults = {
    zoneId: ID,
    status: "active",
    dnssecPresigned: false,
    dnssecUseNsec3: false,
    dnssecMultiSigner: false,
    onDelete: "restore",
  };
  describe("ZoneDnssec", () => {
    accepts("ZoneDnssec", [
      ["has a default for all but the zone", { zoneId: ID }, dnssecDefaults],
      ["takes a zone id in capitals", { zoneId: ID.toUpperCase() }, dnssecDefaults],
      ["leaves out what is undefined", { zoneId: ID, profile: undefined, status: undefined }, dnssecDefaults],
      [
        "takes every input",
        {
          zoneId: ID,
          status: "active",
          dnssecPresigned: true,
          dnssecUseNsec3: true,
          dnssecMultiSigner: false,
          onDelete: "retain",
          profile: "eu-west-1",
        },
        {
          zoneId: ID,
          status: "active",
          dnssecPresigned: true,
          dnssecUseNsec3: true,
          dnssecMultiSigner: false,
          onDelete: "retain",
          profile: "eu-west-1",
        },
      ],
      [
        "takes multi-signer with NSEC3",
        { zoneId: ID, dnssecMultiSigner: true, dnssecUseNsec3: true },
        { ...dnssecDefaults, dnssecMultiSigner: true, dnssecUseNsec3: true },
      ],
      [
        "takes disabled without flags",
        { zoneId: ID, status: "disabled", onDelete: "disable" },
        { ...dnssecDefaults, status: "disabled", onDelete: "disable" },
      ],
    ]);
  });

  describe("Tsig", () => {
    const name = "cf.example.com.";
    const checked = { accountId: ID, name, algo: "hmac-sha512.", adopt: false };
    const name253 = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`;
    accepts("Tsig", [
      [
        "has a default for all but account and name, and makes no secret yet",
        { accountId: ID, name },
        checked,
      ],
      ["takes an account id in capitals", { accountId: ID.toUpperCase(), name }, checked],
      ["adds the final dot to the name", { accountId: ID, name: "cf.example.com" }, checked],
      ["puts the name in lower case", { accountId: ID, name: "CF.Example.COM." }, checked],
      ["takes a name of one label", { accountId: ID, name: "transfer" }, { ...checked, name: "transfer." }],
      [
        "takes underscores, digits and inner hyphens in the name",
        { accountId: ID, name: "_axfr.key-1.0.xn--rksmrgs-5wao1o.se" },
        { ...checked, name: "_axfr.key-1.0.xn--rksmrgs-5wao1o.se." },
      ],
      [
        "takes a label of 63 characters",
        { accountId: ID, name: "a".repeat(63) },
        { ...checked, name: `${"a".repeat(63)}.` },
      ],
      [
        "takes a name of 253 characters with its dot as the 254th",
        { accountId: ID, name: `${name253}.` },
        { ...checked, name: `${name253}.` },
      ],
      ...["hmac-sha512", "hmac-sha384", "hmac-sha256", "hmac-sha224", "hmac-sha1"].map(
        (algo): Accepted => [
          `adds the final dot to ${algo}`,
          { accountId: ID, name, algo },
          { ...checked, algo: `${algo}.` },
        ],
      ),
      [
        "takes an algorithm in capitals",
        { accountId: ID, name, algo: "HMAC-SHA256" },
        { ...checked, algo: "hmac-sha256." },
      ],
      [
        "takes a secret of 16 bytes",
        { accountId: ID, name, secret: octets(16) },
        { ...checked, secret: octets(16) },
      ],
      [
        "takes a secret of 256 bytes",
        { accountId: ID, name, secret: octets(256) },
        { ...checked, secret: octets(256) },
      ],
      ["keeps the secret's case", { accountId: ID, name, secret: SECRET }, { ...checked, secret: SECRET }],
      [
        "takes adopt and a profile",
        { accountId: ID, name, adopt: true, profile: "eu" },
        { ...checked, adopt: true, profile: "eu" },
      ],
      [
        "passes over the engine's own property",
        { accountId: ID, name, __provider: "exports.handler=…" },
        checked,
      ],
    ]);
  });

  describe("HostupDnssecAuto", () => {
    const checked = {
      domainName: "example.se",
      action: "include",
      waitForActive: false,
      onDelete: "restore",
    };
    const byId = { domainId: "dom_abc123", action: "include", waitForActive: false, onDelete: "restore" };
    accepts("HostupDnssecAuto", [
      ["has a default for all but the domain", { domainName: "example.se" }, checked],
      ["takes the domain by id", { domainId: "dom_abc123" }, byId],
      ["keeps the id's case", { domainId: "dom_ABC" }, { ...byId, domainId: "dom_ABC" }],
      ["puts the name in lower case without a final dot", { domainName: "Example.SE." }, checked],
      [
        "takes an internationalised name in its xn-- form",
        { domainName: "XN--RKSMRGS-5WAO1O.se" },
        { ...checked, domainName: "xn--rksmrgs-5wao1o.se" },
      ],
      [
        "takes a wait of a second",
        { domainName: "example.se", waitForActive: 1 },
        { ...checked, waitForActive: 1 },
      ],
      [
        "takes a wait of a week",
        { domainName: "example.se", waitForActive: 604_800 },
        { ...checked, waitForActive: 604_800 },
      ],
      [
        "takes exclude without a wait",
        { domainName: "example.se", action: "exclude", waitForActive: false, onDelete: "include" },
        { ...checked, action: "exclude", onDelete: "include" },
      ],
    ]);
  });

  const label = fc.stringMatching(/^[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,8}[a-zA-Z0-9_])?$/);
  const domainName = fc
    .tuple(fc.array(label, { minLength: 1, maxLength: 5 }), fc.constantFrom("", "."))
    .map(([labels, dot]) => labels.join(".") + dot);
  const hexId = fc.stringMatching(/^[0-9a-fA-F]{32}$/);
  const base64 = fc
    .uint8Array({ minLength: 16, maxLength: 256 })
    .map((bytes) => Buffer.from(bytes).toString("base64"));
  const profile = fc.constantFrom(undefined, "eu", "eu-west-1");
  const inputs: Record<Name, fc.Arbitrary<Bag>> = {
    ZoneDnssec: fc
      .record(
        {
          zoneId: hexId,
          status: fc.constantFrom("active", "disabled"),
          dnssecPresigned: fc.boolean(),
          dnssecUseNsec3: fc.boolean(),
          dnssecMultiSigner: fc.boolean(),
          onDelete: fc.constantFrom("restore", "disable", "retain"),
          profile,
        },
        { requiredKeys: ["zoneId"] },
      )
      .filter(
        ({ status, dnssecPresigned, dnssecMultiSigner }) =>
          !dnssecPresigned || (status !== "disabled" && !dnssecMultiSigner),
      ),
    Tsig: fc.record(
      {
        accountId: hexId,
        name: domainName,
        algo: fc.constantFrom("hmac-sha512", "HMAC-SHA256.", "hmac-sha1", "hmac-SHA384"),
        secret: base64,
        adopt: fc.boolean(),
        profile,
      },
      { requiredKeys: ["accountId", "name"] },
    ),
    HostupDnssecAuto: fc.record(
      {
        domainName,
        action: fc.constantFrom("include", "exclude"),
        waitForActive: fc.constant(false),
        profile,
      },
      { requiredKeys: ["domainName"] },
    ),
  };

  test.each(["ZoneDnssec", "Tsig", "HostupDnssecAuto"] as const)(
    "%s: checking what was checked changes nothing, whatever was given",
    async (name) => {
      await fc.assert(
        fc.asyncProperty(inputs[name], async (given) => {
          const once = await check(name, given);
          expect(once.failures).toStrictEqual([]);
          expect(await check(name, once.inputs ?? {})).toStrictEqual(once);
        }),
      );
    },
  );
});

describe("a value that a preview does not know yet", () => {
  const all: Record<Name, Bag> = {
    ZoneDnssec: {
      zoneId: ID,
      status: "active",
      dnssecPresigned: false,
      dnssecUseNsec3: true,
      dnssecMultiSigner: false,
      onDelete: "restore",
      profile: "eu",
    },
    Tsig: {
      accountId: ID,
      name: "cf.example.com.",
      algo: "hmac-sha256.",
      secret: SECRET,
      adopt: true,
      profile: "eu",
    },
    HostupDnssecAuto: {
      domainName: "example.se",
      action: "include",
      waitForActive: 30,
      onDelete: "retain",
      profile: "eu",
    },
  };
  const fields = (Object.keys(handlers) as Name[]).flatMap((name) =>
    Object.keys(all[name]).map((field) => [name, field] as const),
  );

  test.each(fields)("is tolerated and kept in %s.%s", async (name, field) => {
    const inputs = { ...all[name], [field]: UNKNOWN };
    expect(await check(name, inputs)).toStrictEqual({ inputs, failures: [] });
  });

  test("is tolerated as HostupDnssecAuto.domainId", async () => {
    const { failures } = await check("HostupDnssecAuto", { domainId: UNKNOWN });
    expect(failures).toStrictEqual([]);
  });

  test.each(Object.keys(handlers) as Name[])("is tolerated in every field of %s at once", async (name) => {
    const inputs = Object.fromEntries(Object.keys(all[name]).map((field) => [field, UNKNOWN]));
    expect(await check(name, inputs)).toStrictEqual({ inputs, failures: [] });
  });

  test.each<readonly [string, Name, Bag]>([
    [
      "presigned and multi-signer",
      "ZoneDnssec",
      { zoneId: ID, dnssecPresigned: true, dnssecMultiSigner: UNKNOWN },
    ],
    ["presigned and status", "ZoneDnssec", { zoneId: ID, dnssecPresigned: UNKNOWN, status: "disabled" }],
    ["id and name", "HostupDnssecAuto", { domainId: "dom_a", domainName: UNKNOWN }],
    [
      "action and wait",
      "HostupDnssecAuto",
      { domainName: "example.se", action: "exclude", waitForActive: UNKNOWN },
    ],
  ])("puts off the rule over %s", async (_title, name, inputs) => {
    expect((await check(name, inputs)).failures).toStrictEqual([]);
  });

  test("hides nothing that is wrong beside it", async () => {
    const { failures } = await check("ZoneDnssec", {
      zoneId: UNKNOWN,
      status: "on",
      dnssecPresigned: true,
      dnssecMultiSigner: true,
    });
    expect(failures).toMatchObject([{ property: "status" }, { property: "" }]);
  });

  test("counts as unknown when a part of a list or object is", async () => {
    const inputs = { zoneId: ID, dnssecPresigned: [UNKNOWN], profile: { name: { part: UNKNOWN } } };
    expect(await check("ZoneDnssec", inputs)).toMatchObject({ inputs, failures: [] });
  });

  test("is not the sentinel with something around it", async () => {
    const { failures } = await check("ZoneDnssec", { zoneId: `${UNKNOWN}x` });
    expect(failures).toMatchObject([{ property: "zoneId" }]);
  });
});
