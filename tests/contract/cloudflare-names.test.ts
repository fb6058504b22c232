import "../support/one-realm";
import { findZones } from "../../provider/cloudflare/zones";
import { startSimulator } from "../../simulator";
import { clientsOf } from "../support/clients";
import { type Control, controlOf } from "../support/control";
import { freshRuntime } from "../support/engine-runs";
import { freshKeys, Primary } from "../support/guard-model/primary";
import { Managed, simulatorConfig } from "../support/handlers";

const NAME = "xn--rksmrgs-5wao1o.se";
const PEER = "a".repeat(32);

describe.each(["ascii", "unicode"] as const)(
  "where Cloudflare shows and knows names of zones in the form %s",
  (zoneNames) => {
    let control: Control;
    let zoneId: string;
    let primary: Primary;

    beforeEach(async () => {
      control = controlOf(await startSimulator({ zones: 1, switches: { zoneNames } }));
      zoneId = control.simulator.zones[0]?.id ?? "";
      primary = await Primary.start(NAME, "a");
      primary.publish({ keys: freshKeys(primary, 13), denial: "nsec", keyTtl: 3_600 });
      const { accountId } = control.simulator;
      const peer = { accountId, name: "peer", ip: "127.0.0.1", port: primary.server.port };
      await control.patch({ zones: { [zoneId]: { name: NAME } }, peers: { [PEER]: peer } });
      jest.spyOn(console, "log").mockImplementation(() => {});
    });
    afterEach(async () => {
      jest.restoreAllMocks();
      await primary.server.stop();
      await control.simulator.close();
    });

    const managed = (kind: "incomingTransfer" | "zoneDnssec") =>
      new Managed(freshRuntime()[kind], simulatorConfig(control.simulator));

    test("a zone with an international name is transferred and served presigned, and nothing differs afterwards", async () => {
      const [transfer, dnssec] = [managed("incomingTransfer"), managed("zoneDnssec")];
      const wanted = { zoneId, name: NAME, peers: [PEER], waitForTransfer: 20 };
      expect(await transfer.up(wanted)).toBe("created");
      expect(await dnssec.up({ zoneId, dnssecPresigned: true })).toBe("created");
      await transfer.refresh();
      await dnssec.refresh();
      expect(await transfer.preview(wanted)).toEqual([]);
      expect(await dnssec.preview({ zoneId, dnssecPresigned: true })).toEqual([]);
      await dnssec.destroy();
      await transfer.destroy();
    });

    test("it is the zone that the program names", async () => {
      const { accountId } = control.simulator;
      const zone = { zoneId, zoneName: NAME, accountId, hasPrimaries: true };
      expect(await managed("zoneDnssec").up({ zoneId, __zone: zone })).toBe("created");
    });

    test("it is found by its name", async () => {
      const { cloudflare } = clientsOf(simulatorConfig(control.simulator));
      expect(await findZones(cloudflare, NAME)).toMatchObject([{ id: zoneId, name: NAME }]);
    });
  },
);
