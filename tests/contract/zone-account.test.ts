import "../support/one-realm";
import { incomingTransfer, transferPeer, tsig } from "../../provider/runtime";
import { useSimulator } from "../support/control";
import { Managed, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";

const OTHER = "b".repeat(32);
const control = useSimulator({ zones: 1 });

test("a zone of another account than the program says is refused before anything is made for it", async () => {
  const { simulator } = control();
  const [zone] = simulator.zones;
  const { id: zoneId = "", name: zoneName = "" } = zone ?? {};
  const config = simulatorConfig(simulator);
  const inZone = { accountId: OTHER, __zone: { zoneId, zoneName } };
  const peers = ["a".repeat(32)];
  const made = [
    new Managed(tsig, config).up({ ...inZone, name: "key.example." }),
    new Managed(transferPeer, config).up({ ...inZone, name: "ns1", ip: "192.0.2.53" }),
    new Managed(incomingTransfer, config).up({ accountId: OTHER, zoneId, name: zoneName, peers }),
  ];
  for (const each of made)
    expect(await messageOf(each)).toBe(
      `Nothing is changed: zone ${zoneId} (${zoneName}) is in account ${simulator.accountId}, and the program says ${OTHER}.\nNext: correct accountId or zoneId.`,
    );
  const writes = (await control().requests()).filter(({ method }) => method !== "GET");
  expect(writes).toEqual([]);
});
