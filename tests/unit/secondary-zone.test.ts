import * as pulumi from "@pulumi/pulumi";
import { savedArgs } from "../../components/saved-args";
import { SecondaryZone, type SecondaryZoneArgs, Tsig } from "../../index";
import { childrenOf, ids, useMocks, value, zoneArgs } from "../support/mocked-program";

const { accountId, zoneId } = ids;
const args: SecondaryZoneArgs = { ...zoneArgs, tsig: { name: "cf.example.com." } };
const registered = useMocks();

/** Everything registered, once all of it is. */
const children = (zone: SecondaryZone) => childrenOf(zone, registered);

test("a presigned zone is a TSIG and DNSSEC with exactly these inputs", async () => {
  const zone = new SecondaryZone("zone", args);
  expect(await children(zone)).toEqual([
    { type: "Tsig", name: "zone-tsig", inputs: { accountId, name: "cf.example.com." } },
    {
      type: "ZoneDnssec",
      name: "zone-dnssec",
      inputs: {
        zoneId,
        status: "active",
        dnssecPresigned: true,
        dnssecUseNsec3: true,
        dnssecMultiSigner: false,
      },
    },
  ]);
});

test.each([
  ["live", { status: "active", dnssecPresigned: false, dnssecUseNsec3: false, dnssecMultiSigner: false }],
  [
    "multi-signer",
    { status: "active", dnssecPresigned: false, dnssecUseNsec3: false, dnssecMultiSigner: true },
  ],
  ["off", { status: "disabled" }],
] as const)("signing %s sets the zone's flags", async (signing, flags) => {
  const zone = new SecondaryZone("zone", { ...args, dnssec: { signing } });
  expect((await children(zone)).find(({ type }) => type === "ZoneDnssec")?.inputs).toEqual({
    zoneId,
    ...flags,
  });
});

test.each([
  ["automatic", "include"],
  ["excluded", "exclude"],
] as const)("a HostUp domain that is %s is told to %s", async (dnssec, action) => {
  const zone = new SecondaryZone("zone", {
    ...args,
    registrar: { hostup: { domainName: "example.se", dnssec } },
  });
  await children(zone);
  expect(registered.find(({ type }) => type === "HostupDnssecAuto")).toEqual({
    type: "HostupDnssecAuto",
    name: "zone-registrar",
    inputs: { domainName: "example.se", action },
  });
});

test("an existing TSIG is shared, not made again", async () => {
  const shared = new Tsig("shared", { accountId, name: "shared.example." });
  const zone = new SecondaryZone("zone", { ...args, tsig: { existing: shared } });
  expect((await children(zone)).map(({ name }) => name)).toEqual(["shared", "zone-dnssec"]);
  expect(await value(zone.tsigName)).toBe("shared.example.");
});

test("primaries become peers with the key and an incoming transfer that is waited for", async () => {
  const zone = new SecondaryZone("zone", {
    ...args,
    primaries: [{ address: "192.0.2.53" }, { address: "2001:db8::53", port: 5353 }],
  });
  const made = (await children(zone)).filter(({ type }) => type !== "ZoneDnssec" && type !== "Tsig");
  const peer = { accountId, tsigId: "id of zone-tsig", probeZone: "example.com" };
  expect(made).toEqual([
    {
      type: "TransferPeer",
      name: "zone-peer-0",
      inputs: { ...peer, name: "example.com 192.0.2.53", ip: "192.0.2.53", port: 53 },
    },
    {
      type: "TransferPeer",
      name: "zone-peer-1",
      inputs: { ...peer, name: "example.com 2001:db8::53", ip: "2001:db8::53", port: 5353 },
    },
    {
      type: "IncomingTransfer",
      name: "zone-incoming",
      inputs: {
        accountId,
        zoneId,
        name: "example.com",
        peers: ["p1", "p1"],
        waitForTransfer: 300,
        triggers: ["id of zone-tsig"],
      },
    },
    {
      type: "PrimaryDs",
      name: "zone-ds",
      inputs: { accountId, zoneName: "example.com", peers: ["p1", "p1"] },
    },
  ]);
});

test("the primary's configuration is a secret that holds the key", async () => {
  const secret = Buffer.alloc(64, 1).toString("base64");
  const zone = new SecondaryZone("zone", {
    ...args,
    tsig: { name: "cf.example.com.", algo: "hmac-sha512.", secret },
  });
  expect(await pulumi.isSecret(zone.primaryConfig)).toBe(true);
  const { bind, knot, nsd, powerdns } = await value(zone.primaryConfig);
  for (const text of [bind, knot, nsd, powerdns]) expect(text).toContain(secret);
});

test("what a transform leaves out stays as it was", async () => {
  const zone = new SecondaryZone("zone", {
    ...args,
    transform: { tsig: () => ({ args: { algo: "hmac-sha256." }, options: { protect: true } }) },
  });
  const [tsig] = await children(zone);
  expect(tsig).toEqual({
    type: "Tsig",
    name: "zone-tsig",
    inputs: { accountId, name: "cf.example.com.", algo: "hmac-sha256." },
  });
});

test("transform has the last word on a child's arguments", async () => {
  const zone = new SecondaryZone("zone", {
    ...args,
    transform: { dnssec: (child) => ({ args: { ...child, onDelete: "retain" } }) },
  });
  expect((await children(zone)).find(({ type }) => type === "ZoneDnssec")?.inputs).toMatchObject({
    zoneId,
    onDelete: "retain",
  });
});

test("the secret is a secret, among the component's own inputs too", async () => {
  const secret = Buffer.alloc(64, 1).toString("base64");
  const zone = new SecondaryZone("zone", { ...args, tsig: { name: "cf.example.com.", secret } });
  expect(await pulumi.isSecret(zone.tsigSecret)).toBe(true);
  await children(zone);
  const own = registered.find(({ type }) => type === "secondary-dns:index:SecondaryZone");
  // The SDK's mark of a secret on the wire: the engine encrypts what carries it.
  expect(own?.inputs.tsig).toEqual({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value: { name: "cf.example.com.", secret },
  });
});

test("no field of tsig but its own is saved, since a misspelt one may hold the secret", () => {
  const key = { name: "cf.example.com.", adopt: true, Secret: "MARKED" };
  expect(savedArgs({ ...args, tsig: key }).tsig).toEqual({ name: "cf.example.com.", adopt: true });
  expect(savedArgs({ ...args, tsig: { keys: [key], active: key.name } }).tsig).toEqual({
    keys: [{ name: "cf.example.com.", adopt: true }],
    active: "cf.example.com.",
  });
});

test("ds is Cloudflare's for a zone that Cloudflare signs, and absent for one that is off or presigned without primaries", async () => {
  const live = new SecondaryZone("live", { ...args, dnssec: { signing: "live" } });
  const presigned = new SecondaryZone("presigned", args);
  const off = new SecondaryZone("off", { ...args, dnssec: { signing: "off" } });
  expect(await value(live.ds)).toBe("DS of live-dnssec");
  expect(await value(presigned.ds)).toBeUndefined();
  expect(await value(off.ds)).toBeUndefined();
});

test("a profile goes to every child at Cloudflare, and to no other", async () => {
  const zone = new SecondaryZone("zone", {
    ...zoneArgs,
    tsig: { name: "cf.example.com." },
    profile: "eu",
    primaries: [{ address: "192.0.2.53" }],
    registrar: { hostup: { domainName: "example.se", dnssec: "excluded" } },
  });
  const children = await childrenOf(zone, registered);
  expect(Object.fromEntries(children.map(({ type, inputs }) => [type, inputs.profile]))).toEqual({
    Tsig: "eu",
    TransferPeer: "eu",
    IncomingTransfer: "eu",
    PrimaryDs: "eu",
    ZoneDnssec: "eu",
    HostupDnssecAuto: undefined,
  });
});
