import * as pulumi from "@pulumi/pulumi";
import { primaryConfig, SecondaryZone, type SecondaryZoneArgs, Tsig } from "../../index";
import { ids, useMocks, value, zoneArgs } from "../support/mocked-program";

useMocks();

const secretOf = (octet: number) => Buffer.alloc(64, octet).toString("base64");
const shared = (name: string, octet: number) =>
  new Tsig(name, { accountId: ids.accountId, name, algo: "hmac-sha512.", secret: secretOf(octet) });
const zone = (zoneName: string, tsig: Tsig, change: Partial<SecondaryZoneArgs> = {}) =>
  new SecondaryZone(zoneName, { ...zoneArgs, zoneName, tsig: { existing: tsig }, ...change });

test("several zones have one text, a secret, in which a key that they share stands once", async () => {
  const key = shared("cf.example.", 1);
  const config = primaryConfig([zone("one.example", key), zone("two.example", key)]);
  expect(await pulumi.isSecret(config)).toBe(true);
  const { bind, knot, nsd, powerdns } = await value(config);
  for (const text of [bind, knot, nsd, powerdns]) {
    expect(text.split(secretOf(1))).toHaveLength(2);
    for (const name of ["one.example", "two.example"]) expect(text).toContain(name);
  }
});

test("no text has a date that makes it false one day, nor an address that Cloudflare gives up", async () => {
  const texts = await value(zone("one.example", shared("cf.example.", 1)).primaryConfig);
  for (const text of Object.values(texts)) expect(text).not.toMatch(/20\d\d-\d\d|198\.41\.|2a06:98c0:/);
});

test("a zone's own text is that of the zone alone", async () => {
  const one = zone("one.example", shared("cf.example.", 1));
  expect(await value(one.primaryConfig)).toEqual(await value(primaryConfig([one])));
});

test.each([
  ["presigned", true],
  ["multi-signer", true],
  ["live", false],
  ["off", false],
] as const)("under %s the primary signs: %s", async (signing, signs) => {
  const one = zone("one.example", shared("cf.example.", 1), { dnssec: { signing } });
  const { bind, knot, powerdns } = await value(one.primaryConfig);
  expect(bind.includes('dnssec-policy "one.example-for-cloudflare";')).toBe(signs);
  expect(knot.includes("    dnssec-signing: on\n")).toBe(signs);
  expect(powerdns.includes("add-zone-key")).toBe(signs);
});

test("a policy that the primary has is named, and none is defined beside it", async () => {
  for (const signing of ["presigned", "multi-signer"] as const) {
    const dnssec = { signing, primaryPolicy: "rsa-2024" };
    const one = zone(`${signing}.example`, shared(`${signing}.example.`, 1), { dnssec });
    const { bind, knot } = await value(one.primaryConfig);
    expect(bind).toContain('    dnssec-policy "rsa-2024";\n');
    expect(bind).not.toMatch(/^dnssec-policy /m);
    expect(knot).toContain('    dnssec-policy: "rsa-2024"\n');
    expect(knot).not.toMatch(/^policy:/m);
  }
});

test("beside a policy that the primary has, zones without one get theirs", async () => {
  const key = shared("cf.example.", 1);
  const dnssec = { signing: "presigned", primaryPolicy: "rsa-2024" } as const;
  const { bind, knot } = await value(
    primaryConfig([zone("one.example", key, { dnssec }), zone("two.example", key)]),
  );
  expect(bind.match(/^dnssec-policy .*|^ {4}dnssec-policy "\S+"/gm)).toEqual([
    'dnssec-policy "for-cloudflare-nsec3" {',
    '    dnssec-policy "rsa-2024"',
    '    dnssec-policy "for-cloudflare-nsec3"',
  ]);
  expect(knot.match(/^ {4}dnssec-policy: "\S+"/gm)).toEqual([
    '    dnssec-policy: "rsa-2024"',
    '    dnssec-policy: "for-cloudflare-nsec3"',
  ]);
});

test("a zone that is signed already is thought of on the line that names a policy", async () => {
  const { bind, knot } = await value(zone("one.example", shared("cf.example.", 1)).primaryConfig);
  const own =
    "For a zone that is signed already, name its own policy (dnssec.primaryPolicy): this one would roll its keys.";
  expect(bind).toContain(`    dnssec-policy "one.example-for-cloudflare"; // ${own}\n`);
  expect(knot).toContain(`    dnssec-policy: "one.example-for-cloudflare" # ${own}\n`);
});

test.each([
  [undefined, "P7D"],
  [() => ({ args: { autoRefreshSeconds: 7 * 86_400 } }), "P15D"],
  [() => ({ args: { autoRefreshSeconds: pulumi.output(14 * 86_400) } }), "P29D"],
])("signatures last for what the incoming transfer is changed to: %s", async (incoming, refresh) => {
  const one = zone("one.example", shared("cf.example.", 1), {
    primaries: [{ address: "192.0.2.53" }],
    ...(incoming === undefined ? {} : { transform: { incoming } }),
  });
  expect((await value(one.primaryConfig)).bind).toContain(`signatures-refresh ${refresh};`);
});

test("no zone, or what is none, is refused", () => {
  expect(() => primaryConfig([])).toThrow("primaryConfig was given no zone; allowed: one or more");
  const one = zone("one.example", shared("cf.example.", 1));
  expect(() => primaryConfig([one, { ...one } as SecondaryZone])).toThrow(
    "zones[1] of primaryConfig is not a SecondaryZone of this copy",
  );
});

test("a program whose own tests mock a TSIG without outputs gets a text that says so", async () => {
  const key = new Tsig("key", { accountId: ids.accountId, name: "cf.example." });
  const { bind } = await value(zone("one.example", key).primaryConfig);
  expect(bind).toBe(
    "// A TSIG of this zone has no name, algorithm or secret, so there is no configuration.\n",
  );
});
