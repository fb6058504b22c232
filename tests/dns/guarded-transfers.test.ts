import { incomingTransfer, transferPeer, tsig } from "../../provider/runtime";
import { type Simulator, startSimulator } from "../../simulator";
import { HAND_WRITTEN } from "../support/dark-zones/hand-written";
import { type LabPrimary, startLabPrimary } from "../support/dark-zones/lab-primary";
import type { TransferKey } from "../support/dns-tools";
import { type Bag, Managed, simulatorConfig } from "../support/handlers";
import { messageOf } from "../support/outcome";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";
import { describeEach } from "../support/with-each";

const ZONE = "zone-0000.example";
const SECRET = Buffer.alloc(64, 7).toString("base64");
const KEY: TransferKey = { name: `cf.${ZONE}`, algorithm: "hmac-sha512", secret: SECRET };

describeEach(
  [HAND_WRITTEN.bind],
  ({ name }) => `a zone that is served presigned from ${name}`,
  (kind) => {
    let signed: LabPrimary;
    let unsigned: LabPrimary;
    let withNsec: LabPrimary;
    let simulator: Simulator;
    let transfers: Transfers;
    let lines: string[];
    let key: Managed;
    let peer: Managed;
    let incoming: Managed;

    beforeAll(async () => {
      const wish = { zone: ZONE, keys: [KEY] };
      [signed, unsigned, withNsec] = await Promise.all([
        startLabPrimary(kind, { ...wish, signing: "nsec3" }),
        startLabPrimary(kind, { ...wish, signing: "none" }),
        startLabPrimary(kind, { ...wish, signing: "nsec" }),
      ]);
    }, 40_000);
    afterAll(() => Promise.all([signed, unsigned, withNsec].map((each) => each?.stop())), 20_000);

    beforeEach(async () => {
      lines = [];
      jest.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
      simulator = await startSimulator({ zones: 1 });
      transfers = new Transfers(new SimulatorClient(simulator));
      const config = simulatorConfig(simulator);
      key = new Managed(tsig, config);
      peer = new Managed(transferPeer, config);
      incoming = new Managed(incomingTransfer, config);
      await key.up(keyInputs());
      await peer.up(peerInputs(signed));
      await incoming.up(incomingInputs());
      await transfers.servePresigned();
    });
    afterEach(async () => {
      jest.restoreAllMocks();
      delete process.env.SECONDARY_DNS_FORCE;
      await simulator.close();
    });

    const inZone = () => ({
      accountId: simulator.accountId,
      __zone: { zoneId: simulator.zones[0]?.id, zoneName: ZONE, accountId: simulator.accountId },
    });
    const keyInputs = (more: Bag = {}) => ({ ...inZone(), name: KEY.name, secret: SECRET, ...more });
    const peerInputs = ({ port }: { readonly port: number }) => ({
      ...inZone(),
      name: "ns0",
      ip: "127.0.0.1",
      port,
      tsigId: key.state.outputs.tsigId,
      probeZone: ZONE,
    });
    const incomingInputs = (more: Bag = {}) => ({
      accountId: simulator.accountId,
      zoneId: simulator.zones[0]?.id,
      name: ZONE,
      peers: [peer.state.outputs.peerId],
      waitForTransfer: 10,
      ...more,
    });

    /** What was refused changed nothing at Cloudflare. */
    async function refused(run: Promise<unknown>): Promise<string> {
      const before = await standing();
      const message = await messageOf(run);
      expect(await standing()).toEqual(before);
      return message;
    }
    async function standing() {
      const { body } = await transfers.client.control("GET", "/state");
      const { peers, tsigs, zones } = body as {
        peers: unknown;
        tsigs: unknown;
        zones: Record<string, { transfer: unknown; incoming: unknown }>;
      };
      return {
        peers,
        tsigs,
        zones: Object.values(zones).map(({ incoming, transfer }) => ({ incoming, transfer })),
      };
    }

    describe("its peer", () => {
      test("does not go where the zone is not signed", async () => {
        const message = await refused(peer.up(peerInputs(unsigned)));
        expect(message).toContain(
          'Peer "ns0" stays where it is: the change would take the zone off the air.',
        );
        expect(message).toContain(`port ${unsigned.port}) serves ${ZONE} unsigned (no DNSKEY)`);
      });

      test("does not go where what is not there is proven in the other way", async () => {
        expect(await refused(peer.up(peerInputs(withNsec)))).toContain(
          `signs ${ZONE} with NSEC, and the program says NSEC3`,
        );
      });

      test("goes there, and says so, when the environment names the zone", async () => {
        process.env.SECONDARY_DNS_FORCE = `${ZONE}.`;
        await peer.up(peerInputs(unsigned));
        expect(lines.join("\n")).toContain(
          `Forced for ${ZONE} by SECONDARY_DNS_FORCE. Without it, this run would have stopped: Peer "ns0" stays`,
        );
        expect((await standing()).peers).toMatchObject({
          [String(peer.state.outputs.peerId)]: { port: unsigned.port },
        });
      });

      test("goes to a signed one without a word about it", async () => {
        lines.length = 0;
        const other = await startLabPrimary(kind, { zone: ZONE, keys: [KEY], signing: "nsec3" });
        try {
          await peer.up(peerInputs(other));
          // The simulator's parent has no port 53 here.
          expect(lines.filter((line) => !line.includes("the servers of its parent"))).toEqual([]);
        } finally {
          await other.stop();
        }
      });
    });

    describe("a primary that does not sign any more", () => {
      beforeEach(() =>
        transfers.client.patch({ peers: { [String(peer.state.outputs.peerId)]: { port: unsigned.port } } }),
      );

      test.each([
        ["other settings", { autoRefreshSeconds: 3_600 }],
        ["other triggers", { triggers: ["again"], waitForTransfer: false }],
      ])("is not asked for a transfer by %s", async (_what, more) => {
        const message = await refused(incoming.up(incomingInputs(more)));
        expect(message).toContain(
          `No transfer of ${ZONE} is forced: the change would take the zone off the air.`,
        );
        expect(message).toContain("sign the zone there");
      });

      test("is not asked for one by another program that takes over", async () => {
        const other = new Managed(incomingTransfer, simulatorConfig(simulator));
        expect(await refused(other.up(incomingInputs()))).toContain(`No transfer of ${ZONE} is forced`);
      });
    });

    describe("its key", () => {
      const NEW = { secret: Buffer.alloc(64, 8).toString("base64") };

      test("stays when the primary does not have the new one, and the error says how to insist", async () => {
        const message = await refused(key.up(keyInputs(NEW)));
        expect(message).toContain(`it has another secret for the key "${KEY.name}."`);
        expect(message).toContain(`To force it, for this run only: SECONDARY_DNS_FORCE=${ZONE}.`);
        expect(message).not.toContain(NEW.secret);
      });

      test("changes all the same when the environment names the zone, and not at the next run", async () => {
        process.env.SECONDARY_DNS_FORCE = ZONE;
        await key.up(keyInputs(NEW));
        expect(lines.join("\n")).toContain(
          `Forced for ${ZONE} by SECONDARY_DNS_FORCE. Without it, this run would have stopped: TSIG`,
        );
        delete process.env.SECONDARY_DNS_FORCE;
        expect(
          await refused(key.up(keyInputs({ secret: Buffer.alloc(64, 9).toString("base64") }))),
        ).toContain("stays as it is");
      });
    });
  },
);
