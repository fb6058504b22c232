import * as pulumi from "@pulumi/pulumi";
import { SecondaryZone, type SecondaryZoneArgs, TransferPeer } from "../../index";
import { UNKNOWN } from "../../provider/engine/unknown";
import { childrenOf, ids, useMocks, value, zoneArgs } from "../support/mocked-program";

const registered = useMocks();
const args: SecondaryZoneArgs = { ...zoneArgs, tsig: { name: "cf.example.com." } };
const peerWith = (tsigId?: pulumi.Input<string>) =>
  new TransferPeer("ns0", { accountId: ids.accountId, name: "ns0", ...(tsigId ? { tsigId } : {}) });

/** What is warned of on a zone with this peer. */
async function warningsOf(peer: TransferPeer): Promise<readonly unknown[][]> {
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  const zone = new SecondaryZone("zone", { ...args, primaries: [{ existing: peer }] });
  await childrenOf(zone, registered);
  await value(peer.urn);
  await new Promise(setImmediate);
  const calls = warn.mock.calls.map(([text, resource]) => [text, resource === zone]);
  warn.mockRestore();
  return calls;
}

test("an existing that is left undefined leaves the address to count", async () => {
  const primary = { address: "192.0.2.53", existing: undefined };
  const zone = Reflect.construct(SecondaryZone, ["zone", { ...args, primaries: [primary] }]);
  const made = await childrenOf(zone, registered);
  expect(made.find(({ type }) => type === "TransferPeer")?.inputs.ip).toBe("192.0.2.53");
  const own = registered.find(({ type }) => type === "secondary-dns:index:SecondaryZone");
  expect(own?.inputs.primaries).toEqual([{ address: "192.0.2.53" }]);
});

test("its children are at hand, by the names of what they are", async () => {
  const peer = peerWith("id of zone-tsig");
  const primaries = [{ address: "192.0.2.53" }, { existing: peer }];
  const { tsig, peers, incoming, dnssec } = new SecondaryZone("zone", { ...args, primaries });
  expect(await value(tsig.name)).toBe("cf.example.com.");
  expect(await value(pulumi.output(peers[0]?.ip))).toBe("192.0.2.53");
  expect(peers[1]).toBe(peer);
  expect(await value(pulumi.output(incoming?.zoneId))).toBe(ids.zoneId);
  expect(await value(dnssec.zoneId)).toBe(ids.zoneId);
});

test("without primaries there are no peers and no transfer", () => {
  const zone = new SecondaryZone("zone", args);
  expect(zone.peers).toEqual([]);
  expect(zone.incoming).toBeUndefined();
});

test("an existing peer with another key than the zone's is warned of, on the zone", async () => {
  const [[text, isOnZone] = [], ...more] = await warningsOf(peerWith("t9"));
  expect(text).toContain(
    'primaries[0] is a peer that signs transfers with TSIG t9, and the zone\'s key is "cf.example.com." (id of zone-tsig)',
  );
  expect(isOnZone).toBe(true);
  expect(more).toEqual([]);
});

test("an existing peer without a key is warned of", async () => {
  expect(await warningsOf(peerWith())).toEqual([[expect.stringContaining("with no TSIG, and"), true]]);
});

test("an existing peer with the zone's key is not warned of", async () => {
  expect(await warningsOf(peerWith("id of zone-tsig"))).toEqual([]);
});

describe("at preview", () => {
  useMocks({ preview: true });

  test("a peer's key that is not known yet is not warned of", async () => {
    expect(await warningsOf(peerWith(UNKNOWN))).toEqual([]);
  });

  test("a peer's key that is known is warned of if it is another", async () => {
    expect(await warningsOf(peerWith("t9"))).toHaveLength(1);
  });
});
