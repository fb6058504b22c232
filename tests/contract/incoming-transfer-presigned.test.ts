import "../support/one-realm";
import { incomingTransfer } from "../../provider/runtime";
import { dsOf } from "../../simulator/dns/ds";
import { parseName } from "../../simulator/dns/name";
import { useSimulator } from "../support/control";
import { freshKeys, Primary } from "../support/guard-model/primary";
import { Managed, simulatorConfig } from "../support/handlers";

const PEER = "a".repeat(32);
const control = useSimulator({ zones: 7 });

const open: Primary[] = [];
afterEach(async () => {
  for (const { server } of open.splice(0)) await server.stop();
});

/** A presigned zone without transfers, as when somebody has deleted them, and the primary that its program names. */
async function presigned(at: number, signing: "signed" | "unsigned") {
  const { simulator } = control();
  const { id: zoneId, name } = simulator.zones[at] ?? { id: "", name: "" };
  const primary = await Primary.start(name, "a");
  open.push(primary);
  const keys = freshKeys(primary, 13);
  if (signing === "signed") primary.publish({ keys, denial: "nsec", keyTtl: 3_600 });
  const { port } = primary.server;
  await control().patch({
    peers: { [PEER]: { accountId: simulator.accountId, name: "peer", ip: "127.0.0.1", port } },
    zones: { [zoneId]: { dnssec: { status: "pending", dnssec_presigned: true } } },
  });
  const resource = new Managed(incomingTransfer, simulatorConfig(simulator));
  return {
    zoneId,
    destroy: () => resource.destroy(),
    up: (more = {}) => resource.up({ zoneId, name, peers: [PEER], ...more }),
    transfer: async () => (await control().state()).zones[zoneId]?.incoming,
    ownDs: dsOf(parseName(name), keys.ksks[0].dnskey),
  };
}

test("the transfers of a presigned zone are made again from a primary that signs it", async () => {
  const { up, transfer, zoneId, ownDs } = await presigned(0, "signed");
  await control().patch({ zones: { [zoneId]: { parent: { ds: [ownDs] } } } });
  expect(await up()).toBe("created");
  expect(await transfer()).toMatchObject({ peers: [PEER] });
});

test("they are not from one that does not, and nothing is made", async () => {
  const { up, transfer } = await presigned(1, "unsigned");
  await expect(up()).rejects.toThrow(
    /^The incoming transfer of zone-0001\.example is not created: [\s\S]* serves zone-0001\.example unsigned/,
  );
  expect(await transfer()).toBeNull();
});

test("they are not from one that signs by other keys than the parent's DS names", async () => {
  const { up, transfer, zoneId } = await presigned(2, "signed");
  await control().patch({ zones: { [zoneId]: { parent: { ds: [`4711 13 2 ${"AB".repeat(32)}`] } } } });
  await expect(up()).rejects.toThrow(/IN DS 4711 13 2/);
  expect(await transfer()).toBeNull();
});

describe("the transfers of a zone without a DS are deleted", () => {
  const printed = jest.spyOn(console, "log").mockImplementation(() => {});
  beforeEach(() => printed.mockClear());
  afterAll(() => printed.mockRestore());

  test("with a line when it stays presigned, since nobody renews what Cloudflare goes on serving", async () => {
    const { up, destroy, transfer } = await presigned(3, "signed");
    await up();
    printed.mockClear();
    await destroy();
    expect(await transfer()).toBeNull();
    const lines = printed.mock.calls.flat().filter((line) => String(line).includes("presigned"));
    expect(lines).toEqual([
      expect.stringMatching(/^zone-0003\.example stays presigned without a transfer: .*nobody renews them/),
    ]);
  });

  test("without a word when it does not", async () => {
    const { up, destroy, transfer, zoneId } = await presigned(4, "signed");
    await up();
    await control().patch({ zones: { [zoneId]: { dnssec: { dnssec_presigned: false } } } });
    printed.mockClear();
    await destroy();
    expect(await transfer()).toBeNull();
    expect(printed).not.toHaveBeenCalled();
  });
});

test("signatures that end before Cloudflare has to check again are told when a transfer is forced", async () => {
  const printed = jest.spyOn(console, "log").mockImplementation(() => {});
  try {
    const { up } = await presigned(5, "signed");
    const autoRefreshSeconds = 30 * 86_400;
    await up({ autoRefreshSeconds });
    printed.mockClear();
    expect(await up({ autoRefreshSeconds, triggers: ["again"] })).toBe("updated");
    const told = printed.mock.calls
      .flat()
      .filter((line) => String(line).includes("lower autoRefreshSeconds"));
    expect(told).toEqual([expect.stringMatching(/^The primary .* signs zone-0005\.example until \d{4}-/)]);
  } finally {
    printed.mockRestore();
  }
});

test("where its name servers cannot be queried, a zone with a DS is transferred, and a line says what is not checked", async () => {
  const printed = jest.spyOn(console, "log").mockImplementation(() => {});
  try {
    const { up, zoneId, ownDs } = await presigned(6, "signed");
    await control().patch({ zones: { [zoneId]: { parent: { ds: [ownDs] } } } });
    expect(await up({ waitForTransfer: 10 })).toBe("created");
    expect(printed.mock.calls.flat().join("\n")).toContain(
      "Not checked: whether Cloudflare's name servers serve zone-0006.example.",
    );
  } finally {
    printed.mockRestore();
  }
});
