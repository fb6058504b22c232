import * as fc from "fast-check";
import { hostupDnssecAuto, hostupDsRecord, hostupDsSet, tsig, zoneDnssec } from "../../../provider/runtime";
import type { Bag } from "../../support/handlers";
import { accepts, type Check, checkOf, ID, octets, SECRET } from "../../support/input-tables";

describe("good inputs get defaults and their normal form, once:", () => {
  describe("ZoneDnssec", () => {
    const flags = { dnssecPresigned: false, dnssecUseNsec3: false, dnssecMultiSigner: false };
    const checked = { zoneId: ID, status: "active", ...flags, onDelete: "restore" };
    const everyInput = {
      zoneId: ID,
      status: "active",
      dnssecPresigned: true,
      dnssecUseNsec3: true,
      dnssecMultiSigner: false,
      onDelete: "retain",
      profile: "eu-west-1",
    };
    accepts(checkOf(zoneDnssec), [
      ["has a default for all but the zone", { zoneId: ID }, checked],
      ["takes a zone id in capitals", { zoneId: ID.toUpperCase() }, checked],
      ["leaves out what is undefined", { zoneId: ID, profile: undefined, status: undefined }, checked],
      ["takes every input", everyInput, everyInput],
      [
        "takes multi-signer with NSEC3",
        { zoneId: ID, dnssecMultiSigner: true, dnssecUseNsec3: true },
        { ...checked, dnssecMultiSigner: true, dnssecUseNsec3: true },
      ],
      [
        "takes disabled without flags",
        { zoneId: ID, status: "disabled", onDelete: "disable" },
        { ...checked, status: "disabled", onDelete: "disable" },
      ],
    ]);
  });

  describe("Tsig", () => {
    const name = "cf.example.com.";
    const least = { accountId: ID, name };
    const checked = { accountId: ID, name, algo: "hmac-sha512.", adopt: false };
    const label63 = "a".repeat(63);
    const name253 = `${label63}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`;
    accepts(
      checkOf(tsig),
      ["hmac-sha512", "hmac-sha384", "hmac-sha256", "hmac-sha224", "hmac-sha1"].map((algo) => [
        `adds the final dot to ${algo}`,
        { ...least, algo },
        { ...checked, algo: `${algo}.` },
      ]),
    );
    accepts(checkOf(tsig), [
      ["has a default for all but account and name, and makes no secret yet", least, checked],
      ["takes an account id in capitals", { ...least, accountId: ID.toUpperCase() }, checked],
      ["adds the final dot to the name", { ...least, name: "cf.example.com" }, checked],
      ["puts the name in lower case", { ...least, name: "CF.Example.COM." }, checked],
      ["takes a name of one label", { ...least, name: "transfer" }, { ...checked, name: "transfer." }],
      [
        "takes underscores, digits and inner hyphens in the name",
        { ...least, name: "_axfr.key-1.0.xn--rksmrgs-5wao1o.se" },
        { ...checked, name: "_axfr.key-1.0.xn--rksmrgs-5wao1o.se." },
      ],
      ["takes a label of 63 characters", { ...least, name: label63 }, { ...checked, name: `${label63}.` }],
      [
        "takes a name of 253 characters with its dot as the 254th",
        { ...least, name: `${name253}.` },
        { ...checked, name: `${name253}.` },
      ],
      [
        "takes an algorithm in capitals",
        { ...least, algo: "HMAC-SHA256" },
        { ...checked, algo: "hmac-sha256." },
      ],
      ["takes a secret of 16 bytes", { ...least, secret: octets(16) }, { ...checked, secret: octets(16) }],
      ["takes a secret of 256 bytes", { ...least, secret: octets(256) }, { ...checked, secret: octets(256) }],
      ["keeps the secret's case", { ...least, secret: SECRET }, { ...checked, secret: SECRET }],
      [
        "takes adopt and a profile",
        { ...least, adopt: true, profile: "eu" },
        { ...checked, adopt: true, profile: "eu" },
      ],
      ["passes over the engine's own property", { ...least, __provider: "exports.handler=…" }, checked],
    ]);
  });

  describe("HostupDnssecAuto", () => {
    const domainName = "example.se";
    const defaults = { action: "include", waitForActive: false, onDelete: "restore" };
    const checked = { domainName, ...defaults };
    accepts(checkOf(hostupDnssecAuto), [
      ["has a default for all but the domain", { domainName }, checked],
      ["takes the domain by id", { domainId: "dom_abc123" }, { domainId: "dom_abc123", ...defaults }],
      ["keeps the id's case", { domainId: "dom_ABC" }, { domainId: "dom_ABC", ...defaults }],
      ["puts the name in lower case without a final dot", { domainName: "Example.SE." }, checked],
      [
        "takes an internationalised name in its xn-- form",
        { domainName: "XN--RKSMRGS-5WAO1O.se" },
        { ...checked, domainName: "xn--rksmrgs-5wao1o.se" },
      ],
      ["takes a wait of a second", { domainName, waitForActive: 1 }, { ...checked, waitForActive: 1 }],
      [
        "takes a wait of a week",
        { domainName, waitForActive: 604_800 },
        { ...checked, waitForActive: 604_800 },
      ],
      [
        "takes exclude without a wait",
        { domainName, action: "exclude", waitForActive: false, onDelete: "include" },
        { ...checked, action: "exclude", onDelete: "include" },
      ],
    ]);
  });

  describe("HostupDsSet", () => {
    const digest = "5A".repeat(32);
    const beside = { domainName: "example.se", waitForRemoval: 600 };
    const [one, two] = [`example.se. IN DS 11 13 2 ${digest}`, `example.se. IN DS 2 13 2 ${digest}`];
    accepts(checkOf(hostupDsSet), [
      ["takes what a zone file has", { domainName: "example.se", ds: one }, { ...beside, ds: one }],
      ["takes no records", { ...beside, ds: "" }, { ...beside, ds: "" }],
      ["takes blank lines for none", { ...beside, ds: " \n\n" }, { ...beside, ds: "" }],
      [
        "waits as long as it is told",
        { ...beside, ds: one, waitForRemoval: 0 },
        { ...beside, ds: one, waitForRemoval: 0 },
      ],
      [
        "sorts them, without TTLs and each once",
        { ...beside, ds: `EXAMPLE.se.\t60 IN DS 2 13 2 ${digest.toLowerCase()}\n${one}\n${two}\n` },
        { ...beside, ds: `${one}\n${two}` },
      ],
    ]);
  });

  describe("HostupDsRecord", () => {
    const digest = "5A".repeat(32);
    const content = { domainName: "example.se", keyTag: 2371, algorithm: 13, digestType: 2, digest };
    const checked = { ...content, adopt: false };
    accepts(checkOf(hostupDsRecord), [
      ["has a default for adopt alone", content, checked],
      ["puts the digest in upper case", { ...content, digest: digest.toLowerCase() }, checked],
      ["takes a digest in groups", { ...content, digest: `${digest.slice(0, 56)} 5A5A\n5A5A ` }, checked],
      ["puts the name in lower case without a final dot", { ...content, domainName: "Example.SE." }, checked],
      [
        "takes a SHA-384 digest",
        { ...content, digestType: 4, digest: "5A".repeat(48) },
        { ...checked, digestType: 4, digest: "5A".repeat(48) },
      ],
      [
        "takes the least of numbers",
        { ...content, keyTag: 0, algorithm: 2 },
        { ...checked, keyTag: 0, algorithm: 2 },
      ],
      [
        "takes the greatest of numbers",
        { ...content, keyTag: 65_535, algorithm: 255 },
        { ...checked, keyTag: 65_535, algorithm: 255 },
      ],
      [
        "takes the domain by id, adopt and a profile",
        { ...content, domainName: undefined, domainId: "dom_abc123", adopt: true, profile: "eu" },
        {
          domainId: "dom_abc123",
          keyTag: 2371,
          algorithm: 13,
          digestType: 2,
          digest,
          adopt: true,
          profile: "eu",
        },
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

  const zoneDnssecInputs = fc
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
    );
  const tsigInputs = fc.record(
    {
      accountId: hexId,
      name: domainName,
      algo: fc.constantFrom("hmac-sha512", "HMAC-SHA256.", "hmac-sha1", "hmac-SHA384"),
      secret: base64,
      adopt: fc.boolean(),
      profile,
    },
    { requiredKeys: ["accountId", "name"] },
  );
  const hostupDnssecAutoInputs = fc.record(
    {
      domainName,
      action: fc.constantFrom("include", "exclude"),
      waitForActive: fc.constant(false),
      profile,
    },
    { requiredKeys: ["domainName"] },
  );

  const hostupDsRecordInputs = fc
    .record({
      domainName,
      keyTag: fc.nat({ max: 65_535 }),
      algorithm: fc.constantFrom(8, 13, 14, 15, 16),
      digestType: fc.constantFrom(2, 4),
      digest: fc.stringMatching(/^[0-9a-fA-F]{96}$/),
    })
    .map((inputs) => (inputs.digestType === 4 ? inputs : { ...inputs, digest: inputs.digest.slice(0, 64) }));

  const hostupDsSetInputs = fc
    .record({
      spaces: fc.constantFrom(" ", "\t", "  "),
      records: fc.array(hostupDsRecordInputs, { maxLength: 3 }),
    })
    .map(({ spaces, records }) => ({
      domainId: "dom_abc123",
      ds: records
        .map(({ keyTag, algorithm, digestType, digest }) =>
          ["Example.SE.", "60", "IN", "DS", keyTag, algorithm, digestType, digest].join(spaces),
        )
        .join("\n"),
    }));

  test.each<readonly [string, Check, fc.Arbitrary<Bag>]>([
    ["ZoneDnssec", checkOf(zoneDnssec), zoneDnssecInputs],
    ["Tsig", checkOf(tsig), tsigInputs],
    ["HostupDnssecAuto", checkOf(hostupDnssecAuto), hostupDnssecAutoInputs],
    ["HostupDsRecord", checkOf(hostupDsRecord), hostupDsRecordInputs],
    ["HostupDsSet", checkOf(hostupDsSet), hostupDsSetInputs],
  ])("%s: checking what was checked changes nothing, whatever was given", async (_name, check, inputs) => {
    await fc.assert(
      fc.asyncProperty(inputs, async (given) => {
        const once = await check(given);
        expect(once.failures).toStrictEqual([]);
        expect(await check(once.inputs ?? {})).toStrictEqual(once);
      }),
    );
  });
});
