import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "../support/one-realm";
import { CONFIGURABLE } from "../support/configured-primary";
import { freePort, run, until } from "../support/dns-processes";
import type { DnsServer } from "../support/dns-server";
import { pdnsutilIn } from "../support/dns-server-powerdns";
import { answers, digZone, faultsOf } from "../support/dns-tools";
import { zoneText } from "../support/dns-zone-text";
import { serverConfig, type ZoneWish } from "../support/server-config";
import { describeEach } from "../support/with-each";

const key = (name: string, octet: number) => ({
  name,
  algo: "hmac-sha256.",
  secret: Buffer.alloc(32, octet).toString("base64"),
});
const [SHARED, OWN] = [key("shared.example.", 1), key("own.example.", 2)];
const addresses = { transferFrom: ["127.0.0.1"], notify: [{ address: "127.0.0.1", port: 9 }] };
const ZONES: readonly [ZoneWish, ...ZoneWish[]] = [
  { zoneName: "one.example", keys: [SHARED], mode: "nsec3", addresses },
  { zoneName: "two.example", keys: [SHARED, OWN], mode: "nsec", addresses },
  { zoneName: "three.example", keys: [OWN], mode: "none", addresses },
];
const config = serverConfig(...ZONES);

/** As tools have it. */
const toolKey = ({ name, algo, secret }: typeof SHARED) => ({
  name,
  algorithm: algo.replace(/\.$/, ""),
  secret,
});

async function start(server: DnsServer) {
  const folder = mkdtempSync(join(tmpdir(), `many-${server.name}-`));
  const place = { zone: ZONES[0].zoneName, folder, port: await freePort() };
  for (const { zoneName } of ZONES) writeFileSync(join(folder, `${zoneName}.zone`), zoneText(zoneName, 1));
  await server.prepare?.(place);
  if (server.name === "powerdns") {
    const loads = ZONES.slice(1).map(({ zoneName: zone }) => `pdnsutil load-zone ${zone} ${zone}.zone\n`);
    await run("sh", ["-ec", pdnsutilIn(folder) + loads.join("")], folder);
  }
  await server.configure(place, config[server.name]);
  const running = server.start(place);
  const stop = async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...place, log: running.log, stop };
}

test("what zones share stands once", () => {
  const once = (text: string, part: string) => expect(text.split(part)).toHaveLength(2);
  const { bind, knot, nsd, powerdns } = config;
  for (const { secret } of [SHARED, OWN]) for (const text of [bind, knot, nsd, powerdns]) once(text, secret);
  for (const part of ['acl "cloudflare" {', 'dnssec-policy "for-cloudflare-nsec" {']) once(bind, part);
  for (const part of ['id: "at-cloudflare-by-shared.example"', 'id: "to-cloudflare-by-own.example"'])
    once(knot, part);
  once(nsd, "update() {");
});

describeEach(
  CONFIGURABLE,
  ({ name }) => name,
  (server) => {
    test("serves three zones by one text, each to its own keys and signed as it should be", async () => {
      const { port, folder, log, stop } = await start(server);
      try {
        for (const { zoneName, keys, mode } of ZONES) {
          await until(`${zoneName} is served`, () => answers(port, zoneName), log);
          for (const one of [SHARED, OWN]) {
            const transfer = () => digZone(port, zoneName, folder, toolKey(one));
            if (!keys.includes(one)) {
              expect(await transfer()).toBeUndefined();
              continue;
            }
            const isRight = async (zone: string) =>
              mode === "none"
                ? !/\s(RRSIG|DNSKEY)\s/.test(zone)
                : (await faultsOf(zone, zoneName, folder)) === "" &&
                  /\sNSEC3PARAM\s/.test(zone) === (mode === "nsec3");
            await until(
              `${zoneName} is handed over to ${one.name}`,
              async () => {
                const zone = await transfer();
                return zone !== undefined && (await isRight(zone));
              },
              log,
            );
          }
        }
      } finally {
        await stop();
      }
    }, 60_000);
  },
);
