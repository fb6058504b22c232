import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { delv, digZone, faultsOf, ldnsFaultsOf, trustAnchor } from "../support/dns-tools";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";
import { describeEach } from "../support/with-each";

const ZONE = "zone-0000.example";
const KEY = { name: "key.example", algorithm: "hmac-sha512", secret: "c2VjcmV0LXNlY3JldA==" };

const WAYS = [
  { name: "NSEC", commands: [], signing: "nsec" },
  { name: "NSEC3", commands: [], signing: "nsec3" },
] as const;

describeEach(
  WAYS,
  ({ name }) => `the zone of the embedded primary, signed with ${name}`,
  ({ signing }) => {
    let simulator: Simulator;
    let transfers: Transfers;
    let folder: string;
    let primaryPort: number;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "embedded-"));
      simulator = await startSimulator({ zones: 1, primary: true });
      primaryPort = Number(simulator.primary?.split(":")[1]);
      transfers = new Transfers(new SimulatorClient(simulator));
      const { name, ...fields } = KEY;
      const change = { keys: { [name]: fields }, zones: { [ZONE]: { signing, transferKeys: [name] } } };
      await transfers.client.control("PATCH", "/primary", change);
      await transfers.link(primaryPort, KEY);
      await transfers.force();
      const flags = { status: "active", dnssec_presigned: true, dnssec_use_nsec3: signing === "nsec3" };
      await transfers.client.cloudflare("PATCH", `${transfers.client.zone}/dnssec`, flags);
    });
    afterAll(async () => {
      await simulator.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const signedZone = async () => (await digZone(primaryPort, ZONE, folder, KEY)) ?? "";

    test("is transferred by dig with the key, and not without", async () => {
      expect(await digZone(primaryPort, ZONE, folder)).toBeUndefined();
      expect(await signedZone()).toContain("RRSIG");
    });

    test("has no fault for dnssec-verify and ldns-verify-zone, and one when a record is changed", async () => {
      const zone = await signedZone();
      expect(await faultsOf(zone, ZONE, folder)).toBe("");
      expect(await ldnsFaultsOf(zone, folder)).toBe("");

      const changed = zone.replace("192.0.2.77", "192.0.2.78");
      expect(await faultsOf(changed, ZONE, folder)).not.toBe("");
      expect(await ldnsFaultsOf(changed, folder)).not.toBe("");
    });

    test.each([
      [ZONE, "SOA", "answer validated"],
      [`www.${ZONE}`, "A", "answer validated"],
      [ZONE, "CDS", "answer validated"],
      [`deep.wild.${ZONE}`, "A", "answer validated"],
      [`nope.${ZONE}`, "A", "negative answer validated"],
      [`mail.${ZONE}`, "TXT", "negative answer validated"],
      [`wild.${ZONE}`, "A", "negative answer validated"],
    ])("convinces a validator about %s %s at both servers: %s", async (name, type, expected) => {
      const anchor = await trustAnchor(await signedZone(), ZONE, folder);

      expect(await delv(primaryPort, ZONE, anchor, name, type)).toBe(expected);
      expect(await delv(transfers.dnsPort, ZONE, anchor, name, type)).toBe(expected);
    });
  },
);
