import { randomBytes } from "node:crypto";
import { startSimulator } from "../../simulator";
import { nsd } from "../support/dns-primary-nsd";
import { digZone, ldnsFaultsOf } from "../support/dns-tools";
import { zoneText } from "../support/dns-zone-text";
import { missingFor, startPrimary } from "../support/primaries";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const ZONE = "zone-0000.example";
const KEY = { name: "key.example", algorithm: "hmac-sha512", secret: randomBytes(64).toString("base64") };

/** `bench/transfer.mjs` does the same with twenty times as many, which takes minutes. */
const NAMES = 5_000;

const missing = missingFor(nsd);
const testHere = missing.length === 0 ? test : test.skip;
if (missing.length > 0) {
  console.warn(`No large zone is tested; not installed: ${missing.join(", ")} (tests/dns/install.sh)`);
}

testHere(
  `a zone of ${NAMES} names, signed offline, arrives whole and as it was sent`,
  async () => {
    const hosts = Array.from({ length: NAMES }, (_, index) => `host-${index} IN A 192.0.2.1\n`);
    const simulator = await startSimulator({ zones: 1 });
    const transfers = new Transfers(new SimulatorClient(simulator));
    const text = zoneText(ZONE, 1) + hosts.join("");
    const primary = await startPrimary(nsd, { zone: ZONE, key: KEY, notifyPort: transfers.dnsPort, text });
    try {
      await transfers.link(primary.port, KEY);
      const { lastError, records } = await transfers.force();
      const sent = (await digZone(primary.port, ZONE, primary.folder, KEY)) ?? "";
      const served = (await digZone(transfers.dnsPort, ZONE, primary.folder)) ?? "";

      expect(lastError).toBeNull();
      // The SOA closes the text too.
      expect(records).toBe(sent.trim().split("\n").length - 1);
      // Not `toBe`: it would print both zones.
      expect(served === sent).toBe(true);
      expect(await ldnsFaultsOf(served, primary.folder)).toBe("");
    } finally {
      await primary.stop();
      await simulator.close();
    }
  },
  60_000,
);
