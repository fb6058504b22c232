import { Secret } from "../../provider/core/secret";
import { hasSignaturesInTransfer } from "../../provider/dns/transfer-signatures";
import { zoneDnssec } from "../../provider/runtime";
import { type Simulator, startSimulator } from "../../simulator";
import { CONFIGURABLE, startConfigured } from "../support/configured-primary";
import { until } from "../support/dns-processes";
import { type Served, serveZone } from "../support/dns-serve-zone";
import { knotServer } from "../support/dns-server-knot";
import type { TransferKey } from "../support/dns-tools";
import { missingTools } from "../support/dns-tools";
import { zoneText } from "../support/dns-zone-text";
import { Managed, simulatorConfig } from "../support/handlers";
import { configOf } from "../support/mode-changes";
import { messageOf } from "../support/outcome";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";
import { describeEach } from "../support/with-each";

const ZONE = "zone-0000.example";
const KEY: TransferKey = {
  name: `cf.${ZONE}`,
  algorithm: "hmac-sha256",
  secret: Buffer.alloc(32, 1).toString("base64"),
};

/** Signs each response and keeps no signature (Knot's manual, section "onlinesign"). */
const ONLINE = `key:
  - id: ${KEY.name}
    algorithm: ${KEY.algorithm}
    secret: ${KEY.secret}
acl:
  - id: cloudflare
    key: ${KEY.name}
    action: [transfer, query]
  - id: here
    address: 127.0.0.1
    action: query
zone:
  - domain: ${ZONE}
    file: ${ZONE}.zone
    acl: [cloudflare, here]
    module: mod-onlinesign
`;

const CONFIGURED = "example.com";
const CONFIGURED_KEY = {
  name: "cf.example.com.",
  algorithm: "hmac-sha256.",
  secret: new Secret(Buffer.alloc(32, 1).toString("base64")),
};

describeEach(
  CONFIGURABLE,
  ({ name }) => `${name} by its text`,
  (kind) => {
    test("has signatures in its transfer where it signs, and none where it does not", async () => {
      for (const [mode, expected] of [
        ["nsec3", true],
        ["none", false],
      ] as const) {
        const primary = await startConfigured(kind, CONFIGURED, configOf(mode));
        const asked = { name: "ns0", address: "127.0.0.1", port: primary.port, key: CONFIGURED_KEY };
        try {
          await until(
            "it is seen",
            async () => (await hasSignaturesInTransfer(asked, CONFIGURED)) === expected,
          );
        } finally {
          await primary.stop();
        }
      }
    }, 60_000);
  },
);

const describeKnot = missingTools(knotServer.commands).length === 0 ? describe : describe.skip;

describeKnot("a zone whose primary signs its responses and not what it transfers", () => {
  let served: Served;
  let simulator: Simulator;
  beforeAll(async () => {
    served = await serveZone(knotServer, { zone: ZONE, text: zoneText(ZONE, 1), config: ONLINE });
    simulator = await startSimulator({ zones: 1 });
  }, 40_000);
  afterAll(() => Promise.all([served?.stop(), simulator?.close()]));

  test("is refused presigned, and Cloudflare is left as it is", async () => {
    const transfers = new Transfers(new SimulatorClient(simulator));
    await transfers.link(served.port, KEY);
    expect(await transfers.force()).toMatchObject({ lastError: null });
    const dnssec = new Managed(zoneDnssec, simulatorConfig(simulator));
    const inputs = { zoneId: simulator.zones[0]?.id, status: "active", dnssecPresigned: true };

    const message = await messageOf(dnssec.up(inputs));

    expect(message).toContain(
      `port ${served.port}) signs its responses for ${ZONE}, but its zone transfer (AXFR) has no signatures`,
    );
    expect(await transfers.zone()).toMatchObject({ dnssec: { status: "disabled" } });
  });
});
