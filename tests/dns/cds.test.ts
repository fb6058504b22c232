import type { PrimaryConfig } from "../../index";
import "../support/one-realm";
import { CONFIGURABLE, startConfigured } from "../support/configured-primary";
import { run, until } from "../support/dns-processes";
import { digZone, faultsOf } from "../support/dns-tools";
import { type Mode, serverConfig } from "../support/server-config";
import { describeEach } from "../support/with-each";

const ZONE = "example.com";
const KEY = {
  name: "cf.example.com.",
  algorithm: "hmac-sha256",
  secret: Buffer.alloc(32, 1).toString("base64"),
};

const configOf = (mode: Mode) =>
  serverConfig({
    zoneName: ZONE,
    keys: [{ ...KEY, algo: "hmac-sha256." }],
    mode,
    addresses: { transferFrom: ["127.0.0.1"], notify: [{ address: "127.0.0.1", port: 9 }] },
  });

/** What the text says of CDS, and whether a zone has one as soon as it is signed. BIND's comes some days later. */
const CDS: Record<keyof PrimaryConfig, { readonly says: string; readonly isThere: boolean }> = {
  bind: { says: "BIND publishes CDS and CDNSKEY some days after it first signs", isThere: false },
  knot: { says: "Knot publishes CDS and CDNSKEY at once", isThere: true },
  nsd: { says: "ldns-signzone publishes no CDS", isThere: false },
  powerdns: { says: "PowerDNS publishes no CDS", isThere: false },
};

describeEach(
  CONFIGURABLE,
  ({ name }) => name,
  (kind) => {
    const { says, isThere } = CDS[kind.name];
    const hasCds = (zone: string) => /\sCDS\s/.test(zone);

    test(`tells a registry ${isThere ? "at once" : "nothing at first"} of its keys, as its text says`, async () => {
      const config = configOf("nsec3");
      expect(config[kind.name]).toContain(says);
      const { port, folder, log, stop } = await startConfigured(kind, ZONE, config);
      const signed = async () => {
        const zone = await digZone(port, ZONE, folder, KEY);
        return zone !== undefined && (await faultsOf(zone, ZONE, folder)) === "" ? zone : undefined;
      };
      try {
        expect(hasCds(await until("the zone is signed", signed, log))).toBe(isThere);
      } finally {
        await stop();
      }
    }, 60_000);

    if (kind.name === "powerdns")
      test("tells it once it is told to, as its text says", async () => {
        const { powerdns, ...others } = configOf("nsec3");
        const [command] = /pdnsutil set-publish-cds ZONE/.exec(powerdns) ?? [];
        const told = `${powerdns}${command?.replace("ZONE", ZONE)}\n`;
        const { port, stop } = await startConfigured(kind, ZONE, { ...others, powerdns: told });
        try {
          const cds = await run("dig", ["@127.0.0.1", "-p", String(port), "+short", ZONE, "CDS"]);
          expect(cds).toMatch(/^\d+ 13 2 [0-9A-F ]+\n$/);
        } finally {
          await stop();
        }
      }, 60_000);

    test("has no word of its own CDS for a zone that Cloudflare signs too, or nobody", () => {
      for (const mode of ["multi-signer", "none"] as const)
        expect(configOf(mode)[kind.name]).not.toContain(says);
    });
  },
);
