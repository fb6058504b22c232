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
