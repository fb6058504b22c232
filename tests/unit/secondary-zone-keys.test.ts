import { SecondaryZone, type SecondaryZoneArgs, TransferPeer, Tsig } from "../../index";
import { childrenOf, ids, useMocks, value, zoneArgs } from "../support/mocked-program";

const registered = useMocks();
const children = (zone: SecondaryZone) => childrenOf(zone, registered);

const secretOf = (octet: number) => Buffer.alloc(64, octet).toString("base64");
const key = (name: string, octet: number) =>
  ({ name, algo: "hmac-sha512.", secret: secretOf(octet) }) as const;
const two: SecondaryZoneArgs["tsig"] = {
  keys: [key("a.example.", 1), key("B.example.", 2)],
  active: "b.example",
};
const primaries = [{ address: "192.0.2.53" }];

test("several keys all exist, and the active one signs the transfers and is waited for", async () => {
  const zone = new SecondaryZone("zone", { ...zoneArgs, primaries, tsig: two });
  const made = await children(zone);
  expect(made.filter(({ type }) => type === "Tsig").map(({ name, inputs }) => [name, inputs.name])).toEqual([
    ["zone-tsig-a.example", "a.example."],
    ["zone-tsig-b.example", "B.example."],
  ]);
  expect(made.find(({ type }) => type === "TransferPeer")?.inputs.tsigId).toBe("id of zone-tsig-b.example");
  expect(made.find(({ type }) => type === "IncomingTransfer")?.inputs.triggers).toEqual([
    "id of zone-tsig-b.example",
  ]);
  expect(await value(zone.tsigId)).toBe("id of zone-tsig-b.example");
});

test("the primary's configuration holds every key, and none of the old one once it is out", async () => {
  const both = await value(new SecondaryZone("zone", { ...zoneArgs, tsig: two }).primaryConfig);
  const later = { keys: [key("b.example.", 2)], active: "b.example." };
  const one = await value(new SecondaryZone("later", { ...zoneArgs, tsig: later }).primaryConfig);
  for (const text of Object.values(both)) {
    expect(text).toContain(secretOf(1));
    expect(text).toContain(secretOf(2));
  }
  for (const text of Object.values(one)) expect(text).not.toContain(secretOf(1));
});

test("shared keys and a shared peer are not made again", async () => {
  const [old, next] = [1, 2].map(
    (octet) => new Tsig(`k${octet}`, { ...key(`k${octet}.example.`, octet), accountId: ids.accountId }),
  );
  if (!old || !next) throw new Error("two keys");
  const peer = new TransferPeer("ns0", { accountId: ids.accountId, name: "ns0", tsigId: next.tsigId });
  const zone = new SecondaryZone("zone", {
    ...zoneArgs,
    primaries: [{ existing: peer }],
    tsig: { existing: next, also: [old] },
  });
  expect((await children(zone)).map(({ name }) => name).sort()).toEqual([
    "k1",
    "k2",
    "ns0",
    "zone-dnssec",
    "zone-ds",
    "zone-incoming",
  ]);
  expect((await value(zone.primaryConfig)).nsd).toContain(secretOf(1));
  expect(registered.find(({ type }) => type === "IncomingTransfer")?.inputs.triggers).toEqual(["id of k2"]);
});

test("the active key is first, since PowerDNS signs NOTIFY with the first", async () => {
  const { powerdns } = await value(new SecondaryZone("zone", { ...zoneArgs, tsig: two }).primaryConfig);
  expect(powerdns).toContain("TSIG-ALLOW-AXFR 'b.example' 'a.example'\n");
});

test("ds is that of the primaries for a presigned zone, unless it is not asked for", async () => {
  const asked = new SecondaryZone("asked", { ...zoneArgs, primaries, tsig: two });
  const dnssec = { signing: "presigned", ds: false } as const;
  const silent = new SecondaryZone("silent", { ...zoneArgs, primaries, tsig: two, dnssec });
  expect(await value(asked.ds)).toBe("DS of asked-ds");
  expect(await value(silent.ds)).toBeUndefined();
});

test("other addresses of Cloudflare than the documented ones go into the configuration", async () => {
  const cloudflareAddresses = {
    transferFrom: ["198.51.100.1"],
    notify: [{ address: "198.51.100.2", port: 5353 }],
  };
  const zone = new SecondaryZone("zone", { ...zoneArgs, tsig: two, cloudflareAddresses });
  const { knot } = await value(zone.primaryConfig);
  expect(knot).toContain("address: [198.51.100.1]");
  expect(knot).toContain("address: [198.51.100.2@5353]");
  expect(knot).not.toContain("104.30.");
});
