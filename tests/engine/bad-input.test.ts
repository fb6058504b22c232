import { oneOfEach } from "../support/one-of-each";

const cases: [string, Record<string, string>, string, string[]][] = [
  [
    "Tsig",
    {
      accountId: "my account",
      keyName: "under score.example",
      algo: "hmac-md5",
      "secret keySecret": "MARKED-not-base64!",
    },
    `new Tsig("key", {
      accountId: config.require("accountId"),
      name: config.require("keyName"),
      algo: config.get("algo"),
      secret: config.get("keySecret"),
    })`,
    [
      'accountId is "my account"; allowed: an account id: 32 hexadecimal digits',
      'name is "under score.example"; allowed: a domain name',
      'algo is "hmac-md5"; allowed: "hmac-sha512."',
      "hmac-md5.sig-alg.reg.int. must not be used (RFC 8945",
      "secret is not acceptable (its value is secret, so not shown); allowed: base64",
    ],
  ],
  [
    "ZoneDnssec",
    { zoneId: "example.com" },
    `new ZoneDnssec("dnssec", {
      zoneId: config.require("zoneId"),
      onDelete: "forget",
      dnssecPresigned: true,
      dnssecMultiSigner: true,
      secrett: "MARKED",
    })`,
    [
      'zoneId is "example.com"; allowed: a zone id',
      'onDelete is "forget"; allowed: "restore", "disable", "retain"',
      "dnssecPresigned and dnssecMultiSigner are both true; allowed: one of them",
      "secrett is not an input; allowed: zoneId, status",
    ],
  ],
  [
    "HostupDnssecAuto",
    { domain: "-example.se" },
    `new HostupDnssecAuto("auto", { domainName: config.require("domain"), waitForActive: "10 minutes" })`,
    [
      'domainName is "-example.se"; allowed: a domain name',
      'waitForActive is "10 minutes"; allowed: a time-out in whole seconds',
    ],
  ],
];

test.each(cases)(
  "all that is wrong with the inputs of a %s shows at preview, without a secret, before any call",
  async (_, config, resource, reasons) => {
    const { stack, control } = await oneOfEach({
      config,
      files: {
        "index.js": `
const { HostupDnssecAuto, Tsig, ZoneDnssec } = require("pulumi-secondary-dns");
const config = new (require("@pulumi/pulumi").Config)();
${resource};
`,
      },
    });
    const preview = await stack.pulumi("preview");
    expect(preview.code).not.toBe(0);
    for (const reason of reasons) expect(preview.output).toContain(reason);
    expect(preview.output).not.toContain("MARKED");
    expect(await control.requests()).toEqual([]);
  },
);

/** A SecondaryZone whose primary is an output of nothing, as one that is misspelt is. */
const withoutAddress = `
const pulumi = require("@pulumi/pulumi");
const { SecondaryZone } = require("pulumi-secondary-dns");
const config = new pulumi.Config();
new SecondaryZone("zone", {
  accountId: config.require("accountId"),
  zoneId: config.require("zoneId"),
  zoneName: "example.se",
  tsig: { name: "cf.example.se" },
  dnssec: { signing: "off" },
  primaries: [{ address: pulumi.output(undefined) }],
});
`;

test("a primary whose address is an output of nothing ends the preview", async () => {
  const { stack } = await oneOfEach({ files: { "index.js": withoutAddress } });
  const { code, output } = await stack.pulumi("preview");
  expect(code).not.toBe(0);
  expect(output).toContain("primaries[0].address is missing; allowed: an IP address");
  expect(output).not.toContain("at SecondaryZone");
});

/** A SecondaryZone whose name is not known before the program runs, and whose key something else manages. */
const hostileZone = `
const pulumi = require("@pulumi/pulumi");
const { SecondaryZone, Tsig } = require("pulumi-secondary-dns");
const config = new pulumi.Config();
const zone = new SecondaryZone("zone", {
  accountId: config.require("accountId"),
  zoneId: config.require("zoneId"),
  zoneName: pulumi.output(config.require("zoneName")),
  tsig: { existing: Tsig.get("key", config.require("key")) },
  dnssec: { signing: "off" },
});
exports.primaryConfig = zone.primaryConfig;
`;

test("text that is no name, of the program's or of the account's, ends the preview before it is in a server's configuration", async () => {
  const files = { "index.js": hostileZone };
  const first = await oneOfEach({ files });
  const { accountId } = first.control.simulator;
  const id = "0".repeat(32);
  const hostile = { id, accountId, name: "k'; id #.", algo: "hmac-sha512.", secret: "MARKED'; id #" };
  await first.control.patch({ tsigs: { [id]: hostile } });
  const preview = async (zoneName: string) => {
    for (const [key, value] of Object.entries({ zoneName, key: `${accountId}/${id}` }))
      await first.stack.succeed("config", "set", key, value);
    return first.stack.pulumi("preview");
  };

  for (const [zoneName, reasons] of [
    [
      "example.se; id #",
      ['SecondaryZone "zone" cannot be created:', 'zoneName is "example.se; id #"; allowed:'],
    ],
    [
      "example.se",
      [
        'primaryConfig of SecondaryZone "zone" cannot be created:',
        `the TSIG "k'; id #.": name is "k'; id #."; allowed: a domain name`,
        "secret is not acceptable (it is secret, so not shown)",
        "Next: correct the TSIG at Cloudflare",
      ],
    ],
  ] as const) {
    const { code, output } = await preview(zoneName);
    expect(code).not.toBe(0);
    for (const reason of reasons) expect(output).toContain(reason);
    expect(output).not.toContain("MARKED");
    expect(output).not.toContain("at SecondaryZone");
  }
});
