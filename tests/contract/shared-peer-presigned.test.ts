import "../support/one-realm";
import { transferPeer } from "../../provider/runtime";
import { useSimulator } from "../support/control";
import { freshKeys, Primary } from "../support/guard-model/primary";
import { transferKey } from "../support/guard-model/program";
import { Managed, simulatorConfig } from "../support/handlers";

const KEY = "b".repeat(32);
const control = useSimulator({ zones: 2 });

const open: Primary[] = [];
afterEach(async () => {
  for (const { server } of open.splice(0)) await server.stop();
});

/** A server that takes the key, and signs the zone in its way. */
async function primaryOf(zoneName: string, name: string, denial: "nsec" | "nsec3"): Promise<Primary> {
  const primary = await Primary.start(zoneName, name);
  open.push(primary);
  primary.publish({ keys: freshKeys(primary, 13), denial, keyTtl: 3_600 });
  primary.transferKeys = [transferKey(0)];
  return primary;
}

/** A presigned zone that is served with NSEC3, from a peer that the program makes for several zones. */
async function shared(at: number, next: "nsec" | "nsec3") {
  const { simulator } = control();
  const { accountId } = simulator;
  const { id: zoneId, name: zoneName } = simulator.zones[at] ?? { id: "", name: "" };
  const [before, after] = [await primaryOf(zoneName, "a", "nsec3"), await primaryOf(zoneName, "a", next)];
  const { name, algorithm, secret } = transferKey(0);
  await control().patch({ tsigs: { [KEY]: { accountId, name, algo: algorithm, secret } } });
  const resource = new Managed(transferPeer, simulatorConfig(simulator));
  const program = ({ server }: Primary) => ({
    accountId,
    name: `shared ${at}`,
    ip: "127.0.0.1",
    port: server.port,
    tsigId: KEY,
    probeZone: zoneName,
  });
  await resource.up(program(before));
  const peerId = String(resource.state.outputs.peerId);
  const time = "2026-01-01T00:00:00Z";
  const incoming = { name: zoneName, peers: [peerId], auto_refresh_seconds: 600 };
  await control().patch({
    zones: {
      [zoneId]: {
        dnssec: { status: "pending", dnssec_presigned: true, dnssec_use_nsec3: true },
        incoming: { ...incoming, created_time: time, modified_time: time },
      },
    },
  });
  return {
    move: () => resource.up(program(after)),
    port: async () => (await control().state()).peers[peerId]?.port,
    ports: [before.server.port, after.server.port],
  };
}

test("a peer that zones share moves to a server whose zone can be served as it is", async () => {
  const { move, port, ports } = await shared(0, "nsec3");
  expect(await move()).toBe("updated");
  expect(await port()).toBe(ports[1]);
});

test("it stays where the zone that it is tried with would go off the air", async () => {
  const { move, port, ports } = await shared(1, "nsec");
  await expect(move()).rejects.toThrow(
    /^Peer "shared 1" stays where it is[\s\S]* signs zone-0001\.example with NSEC[\s\S]*SECONDARY_DNS_FORCE=zone-0001\.example/,
  );
  expect(await port()).toBe(ports[0]);
});
