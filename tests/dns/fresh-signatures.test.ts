import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "../support/one-realm";
import { startConfigured } from "../support/configured-primary";
import { until } from "../support/dns-processes";
import { bindServer } from "../support/dns-server-bind";
import { knotServer } from "../support/dns-server-knot";
import { signCommands } from "../support/dns-server-nsd";
import { powerdnsServer } from "../support/dns-server-powerdns";
import { digZone, faultsOf, missingTools } from "../support/dns-tools";
import { clockAheadBy } from "../support/fake-clock";
import { serverConfig } from "../support/server-config";

const ZONE = "example.com";
const DAY = 86_400;
const NOW = Math.floor(Date.now() / 1000);

const config = serverConfig({
  zoneName: ZONE,
  keys: [{ name: "cf.example.com.", algo: "hmac-sha256.", secret: Buffer.alloc(32, 1).toString("base64") }],
  mode: "nsec3",
  addresses: { transferFrom: ["192.0.2.1"], notify: [{ address: "127.0.0.1", port: 9 }] },
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fresh-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const testWith = (...commands: string[]) =>
  missingTools(["faketime", ...commands]).length === 0 ? test : test.skip;

/** The serial of a signed zone, and when the signature of its SOA expires, in seconds since 1970. */
function stateOf(zone: string | undefined) {
  const serial = /\sSOA\s+\S+ \S+ (\d+)/.exec(zone ?? "")?.[1];
  const digits = /\sRRSIG\s+SOA \d+ \d+ \d+ (\d{14}) /.exec(zone ?? "")?.[1] ?? "";
  const iso = digits.replace(/(....)(..)(..)(..)(..)(..)/, "$1-$2-$3T$4:$5:$6Z");
  return { serial: Number(serial), expiry: Date.parse(iso) / 1000 };
}

testWith(...powerdnsServer.commands)(
  "PowerDNS raises the serial with the signatures of a zone that nobody changes",
  async () => {
    // By address, since a key would need dig to have the same clock.
    const powerdns = `${config.powerdns}pdnsutil add-meta ${ZONE} ALLOW-AXFR-FROM 127.0.0.1\n`;
    let before = { serial: 1, expiry: 0 };
    for (const days of [0, 10, 30]) {
      const primary = await startConfigured(powerdnsServer, ZONE, { ...config, powerdns }, days * DAY);
      try {
        const state = stateOf(await digZone(primary.port, ZONE, folder));
        expect(state.serial).toBeGreaterThan(before.serial);
        expect(state.expiry).toBeGreaterThan(before.expiry);
        expect(state.expiry).toBeGreaterThan(NOW + (days + 6) * DAY);
        before = state;
      } finally {
        await primary.stop();
      }
    }
  },
  60_000,
);

describe.each([7, 2026112201])("a zone file with serial %i", (serial) => {
  testWith(
    "ldns-signzone",
    "ldns-keygen",
    "ldns-read-zone",
  )("has a higher one each time it is signed for NSD, and the same keys", async () => {
    const records = `@ SOA ns0 hostmaster ${serial} 3600 600 604800 300\n@ NS ns0\nns0 A 192.0.2.53\n`;
    writeFileSync(join(folder, `${ZONE}.zone`), `$TTL 300\n${records}`);
    const signed = [0, 14, 28].map((days) => {
      const env = { ...process.env, ...clockAheadBy(days * DAY) };
      execFileSync("sh", ["-ec", signCommands(config.nsd)], { cwd: folder, env, stdio: "pipe" });
      const zone = readFileSync(join(folder, `${ZONE}.zone.signed`), "utf8");
      return { ...stateOf(zone), days, zone, keys: zone.match(/^.*\tDNSKEY\t.*$/gm) };
    });

    let before = serial;
    for (const { serial: now, expiry, days, keys } of signed) {
      expect(now).toBeGreaterThan(before);
      expect(expiry).toBeGreaterThan(NOW + (days + 26) * DAY);
      expect(keys).toEqual(signed[0]?.keys);
      before = now;
    }
    expect(await faultsOf(signed[0]?.zone ?? "", ZONE, folder)).toBe("");
  });
});

/** When Knot means to sign again, in seconds since 1970; BIND does not say. */
function nextSigning(log: string): number {
  const at = /DNSSEC, next signing at (\S+)$/m.exec(log)?.[1] ?? "";
  return Date.parse(at) / 1000;
}

for (const kind of [bindServer, knotServer]) {
  testWith(...kind.commands)(
    `what ${kind.name} hands over is good for longer than Cloudflare may take to look again`,
    async () => {
      const open = { bind: config.bind.replace("allow-transfer { ", "$&127.0.0.1; ") };
      const knot = config.knot
        .replace("\nacl:\n", "$&  - id: other\n    address: 127.0.0.1\n    action: transfer\n")
        .replace("\n    acl: [", "$&other, ");
      const primary = await startConfigured(kind, ZONE, { ...config, ...open, knot });
      try {
        const zone = await until("it is signed", async () => {
          const text = await digZone(primary.port, ZONE, folder);
          return text !== undefined && (await faultsOf(text, ZONE, folder)) === "" ? text : undefined;
        });
        const { expiry } = stateOf(zone);
        expect(expiry).toBeGreaterThan(NOW + 20 * DAY);
        if (kind === knotServer) expect(expiry - nextSigning(primary.log())).toBeGreaterThanOrEqual(7 * DAY);
      } finally {
        await primary.stop();
      }
    },
    60_000,
  );
}
