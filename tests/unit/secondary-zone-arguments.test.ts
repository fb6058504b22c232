import * as pulumi from "@pulumi/pulumi";
import { SecondaryZone, Tsig } from "../../index";
import { ids, useMocks, zoneArgs } from "../support/mocked-program";

const registered = useMocks();

/** A program that types do not guard. */
const make = (args: object) => () => Reflect.construct(SecondaryZone, ["zone", { ...zoneArgs, ...args }]);
const tsig = { name: "cf.example.com." };

test("everything wrong with the arguments is told at once, with nothing registered", () => {
  const wrong = {
    zoneId: undefined,
    zoneName: undefined,
    primaries: ["192.0.2.53"],
    tsig: { secret: "MARKED" },
    dnssec: { signing: "presignd" },
    registrar: { hostup: { domainName: "example.se", dnssec: "manual" } },
  };
  expect(make(wrong)).toThrowErrorMatchingInlineSnapshot(`
"SecondaryZone "zone" cannot be created:
  zoneId is missing; allowed: a string
  zoneName is missing; allowed: a string
  primaries[0] is a string; allowed: { address, port? } or { existing: a TransferPeer }
  tsig is { secret }; allowed: { name, algo?, secret?, adopt? }, { keys: [{ name, … }, …], active: a name } or { existing: a Tsig, also?: [a Tsig, …] }
  dnssec.signing is "presignd"; allowed: "presigned", "live", "multi-signer", "off"
  registrar.hostup.dnssec is "manual"; allowed: "automatic", "ds-records", "excluded""
`);
  expect(registered).toEqual([]);
});

test.each(["example.se; touch X #", "$(id)", '"; };\ninclude "/etc/passwd"; //', "../../x", "", 5])(
  "%j as the zone's name is refused, with primaries or without",
  (zoneName) => {
    for (const primaries of [undefined, [{ address: "192.0.2.53" }]])
      expect(make({ tsig, zoneName, primaries })).toThrow(/zoneName is .*; allowed: a domain name of labels/);
    expect(registered).toEqual([]);
  },
);

test.each([
  [
    "no key",
    { keys: [], active: "a" },
    "tsig.keys is []; allowed: a list of { name, algo?, secret?, adopt? }, each name a string",
  ],
  [
    "a key without a name",
    { keys: [{ name: "a." }, { secret: "MARKED" }], active: "a" },
    "tsig.keys is [{ name }, { secret }]; allowed: a list of",
  ],
  [
    "a key twice",
    { keys: [{ name: "a." }, { name: "A" }], active: "a" },
    'tsig.keys is "A"; allowed: each name once',
  ],
  [
    "an active key that is none of them",
    { keys: [{ name: "a." }, { name: "b." }], active: "c." },
    'tsig.active is "c."; allowed: "a.", "b."',
  ],
  ["no active key", { keys: [{ name: "a." }] }, 'tsig.active is missing; allowed: "a."'],
  ["an Output", pulumi.output(tsig), "tsig is an Output; allowed: { name,"],
])("as tsig, %s is refused, with what is allowed", (_what, given, message) => {
  expect(make({ tsig: given })).toThrow(message);
  expect(registered).toEqual([]);
});

const OWN = "allowed: name, algo, secret, adopt";
test.each([
  ["of one key", { ...tsig, Secret: "MARKED" }, `tsig.Secret is not a known key here; ${OWN}`],
  [
    "of one of several keys",
    { keys: [tsig, { name: "b.", Secret: "MARKED" }], active: "b." },
    `tsig.keys[1].Secret is not a known key here; ${OWN}`,
  ],
  [
    "beside several keys",
    { keys: [tsig], active: tsig.name, secret: "MARKED" },
    "tsig.secret is not a known key here; allowed: keys, active",
  ],
])("an unknown field %s is refused by its name, its value not shown", (_where, given, message) => {
  expect(make({ tsig: given })).toThrow(message);
  expect(make({ tsig: given })).not.toThrow("MARKED");
  expect(registered).toEqual([]);
});

test.each([
  ["keys and name", { keys: [tsig], active: tsig.name, name: "b." }, "tsig.name is not a known key here"],
  [
    "keys and existing",
    { keys: [tsig], active: tsig.name, existing: "x" },
    "tsig.existing is not a known key here",
  ],
  [
    "name and existing",
    { name: "b.", existing: "x" },
    "tsig.name is not a known key here; allowed: existing, also",
  ],
])("two forms of tsig at once are refused: %s", (_which, given, message) => {
  expect(make({ tsig: given })).toThrow(message);
});

test.each([
  ["dnssec.nsec3", { dnssec: { signing: "presigned", nsec3: pulumi.output(true) } }],
  ["dnssec.signing", { dnssec: { signing: pulumi.output("presigned") } }],
  ["dnssec.primaryPolicy", { dnssec: { signing: "presigned", primaryPolicy: pulumi.output("own") } }],
  ["tsig.active", { tsig: { keys: [{ name: "a." }], active: pulumi.output("a.") } }],
])("an Output as %s is called one, since it is needed before anything is made", (path, args) => {
  expect(make({ tsig, ...args })).toThrow(`${path} is an Output; allowed: `);
});

const PRIMARY = "{ address, port? } or { existing: a TransferPeer }";
test.each([
  ["an address alone", "192.0.2.53", `primaries is a string; allowed: a list of ${PRIMARY}`],
  ["an Output", pulumi.output([]), "primaries is an Output; allowed: a list of"],
  [
    "an entry with neither address nor peer",
    [{ address: "192.0.2.53" }, { adress: "192.0.2.54" }],
    `primaries[1] is { adress }; allowed: ${PRIMARY}`,
  ],
  ["an entry that is missing", [undefined], `primaries[0] is missing; allowed: ${PRIMARY}`],
  ["a peer by its id", [{ existing: "p1" }], `primaries[0] is { existing }; allowed: ${PRIMARY}`],
  [
    "a misspelt field",
    [{ address: "192.0.2.53", prot: 5353 }],
    "primaries[0].prot is not a known key here; allowed: address, port",
  ],
  [
    "a server twice, its port left out",
    [{ address: "192.0.2.53" }, { address: "192.0.2.53", port: 53 }],
    "primaries[1] is the server of primaries[0] again; allowed: each server once",
  ],
  [
    "an IPv6 address in two spellings",
    [{ address: "192.0.2.53" }, { address: "2001:db8::1" }, { address: "2001:DB8:0::1" }],
    "primaries[2] is the server of primaries[1] again; allowed: each server once",
  ],
])("as primaries, %s is refused, with what is allowed", (_what, primaries, message) => {
  expect(make({ tsig, primaries })).toThrow(message);
  expect(registered).toEqual([]);
});

test.each([
  [
    "a misspelt argument",
    { primarys: [] },
    "primarys is not a known key here; allowed: accountId, zoneId, zoneName, tsig",
  ],
  ["an id that configuration left empty", { zoneId: null }, "zoneId is missing"],
  [
    "a field of dnssec in another spelling",
    { dnssec: { signing: "presigned", NSEC3: true } },
    "dnssec.NSEC3 is not a known key here; allowed: signing, nsec3, ds",
  ],
  [
    "a flag of dnssec as a text",
    { dnssec: { signing: "presigned", nsec3: "true" } },
    'dnssec.nsec3 is "true"; allowed: true or false',
  ],
  [
    "the primary's DS where Cloudflare signs",
    { dnssec: { signing: "live", ds: false } },
    "dnssec.ds is not a known key here; allowed: signing, nsec3",
  ],
  [
    "NSEC3 where nobody signs",
    { dnssec: { signing: "off", nsec3: true } },
    "dnssec.nsec3 is not a known key here",
  ],
  [
    "a policy of the primary that would be more than a name",
    { dnssec: { signing: "presigned", primaryPolicy: 'a"; };' } },
    'dnssec.primaryPolicy is "a\\"; };"; allowed: the name of a policy that signs',
  ],
  [
    "a policy of the primary where only Cloudflare signs",
    { dnssec: { signing: "live", primaryPolicy: "rsa" } },
    "dnssec.primaryPolicy is not a known key here; allowed: signing, nsec3",
  ],
  ["another registrar", { registrar: { other: {} } }, "registrar is { other }; allowed: { hostup:"],
  [
    "a misspelt domain",
    { registrar: { hostup: { domain: "example.se", dnssec: "excluded" } } },
    "registrar.hostup.domain is not a known key here; allowed: domainName, domainId, dnssec",
  ],
  [
    "a name as Cloudflare's address",
    { cloudflareAddresses: { transferFrom: ["axfr.example"], notify: [{ address: "192.0.2.1", port: 53 }] } },
    'cloudflareAddresses.transferFrom is ["axfr.example"]; allowed: a list of addresses and prefixes',
  ],
  [
    "an address without a port to notify",
    { cloudflareAddresses: { transferFrom: ["2001:db8::/64"], notify: [{ address: "192.0.2.1" }] } },
    'cloudflareAddresses.notify is [{"address":"192.0.2.1"}]; allowed: a list of { address, port }',
  ],
  [
    "a prefix that is too long",
    { cloudflareAddresses: { transferFrom: ["192.0.2.0/99"], notify: [{ address: "192.0.2.1", port: 53 }] } },
    'cloudflareAddresses.transferFrom is ["192.0.2.0/99"]',
  ],
  [
    "a port that is none",
    {
      cloudflareAddresses: { transferFrom: ["192.0.2.1"], notify: [{ address: "192.0.2.1", port: 70_000 }] },
    },
    "cloudflareAddresses.notify is",
  ],
  [
    "a transform that is no function",
    { transform: { peer: {} } },
    "transform.peer is {}; allowed: a function",
  ],
  [
    "a wait for a removal that never comes",
    { registrar: { hostup: { domainName: "example.se", dnssec: "excluded", waitForRemoval: 60 } } },
    "registrar.hostup.waitForRemoval is not a known key here; allowed: domainName, domainId, dnssec",
  ],
  [
    "DS records to publish where none are asked for",
    {
      dnssec: { signing: "presigned", ds: false },
      registrar: { hostup: { domainName: "example.com", dnssec: "ds-records" } },
    },
    'dnssec.ds is false; allowed: true with registrar.hostup.dnssec "ds-records"',
  ],
  [
    "DS records for another domain than the zone",
    { registrar: { hostup: { domainName: "example.org", dnssec: "ds-records" } } },
    'registrar.hostup.domainName is "example.org"; allowed: "example.com", the zone whose DS is published',
  ],
  [
    "the transform of no child",
    { transform: { peers: () => ({}) } },
    "transform.peers is not a known key here",
  ],
])("%s is refused, with what is allowed", (_what, given, message) => {
  expect(make({ tsig, ...given })).toThrow(message);
  expect(registered).toEqual([]);
});

test("two ports of an address are two servers, and primaries that configuration leaves empty are none", () => {
  const address = "192.0.2.53";
  expect(make({ tsig, primaries: [{ address }, { address, port: 5353 }] })).not.toThrow();
  expect(make({ tsig, primaries: null })).not.toThrow();
});

test.each([
  ["tsig.existing is a string; allowed: a Tsig", { existing: "id" }],
  ["tsig.existing is an Output; allowed: a Tsig", { existing: pulumi.output("id") }],
  ["tsig.existing is a Promise; allowed: a Tsig", { existing: Promise.resolve("id") }],
])("%s", (message, given) => {
  expect(make({ tsig: given })).toThrow(message);
  expect(registered).toEqual([]);
});

test("a Tsig as tsig or beside another is told where it goes", () => {
  const key = new Tsig("key", { ...tsig, accountId: ids.accountId });
  expect(make({ tsig: key })).toThrow("tsig is a Tsig; allowed: { existing: a Tsig }");
  expect(make({ tsig: { existing: key, also: ["id"] } })).toThrow(
    "tsig.also[0] is a string; allowed: a Tsig",
  );
  expect(make({ tsig: { existing: key, also: [key] } })).not.toThrow();
});

test("another resource than a peer is refused as an existing one", () => {
  const key = new Tsig("key", { ...tsig, accountId: ids.accountId });
  expect(make({ tsig, primaries: [{ existing: key }] })).toThrow("primaries[0] is { existing }");
});
