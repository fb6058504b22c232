import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configFor } from "../../servers";
import "../support/one-realm";
import { run, tryRun, until } from "../support/dns-processes";
import { pdnsutilIn } from "../support/dns-server-powerdns";
import { delv, digZone, faultsOf, trustAnchor } from "../support/dns-tools";
import { zoneText } from "../support/dns-zone-text";
import { PRIMARIES, type PrimaryKind, startPrimary } from "../support/primaries";
import { zoneOf } from "../support/server-config";
import { describeEach } from "../support/with-each";

const ZONE = "example.com";
const KEY = {
  name: "cf.example.com.",
  algorithm: "hmac-sha256",
  secret: Buffer.alloc(32, 1).toString("base64"),
};
const text = configFor([
  zoneOf({
    zoneName: ZONE,
    keys: [{ ...KEY, algo: KEY.algorithm }],
    mode: "nsec3",
    addresses: { transferFrom: ["127.0.0.1"], notify: [{ address: "127.0.0.1", port: 9 }] },
  }),
]);

/** The text with what a zone that was signed before keeps, which each text tells; where it sees to that itself, as it is. */
function asTold({ server }: PrimaryKind, own: string): string {
  if (server.name === "bind") {
    const [policy = ""] = /^dnssec-policy[\s\S]*?^\};\n/m.exec(own) ?? [];
    return policy + text.bind.replace(/^( {4}dnssec-policy) .*$/m, '$1 "presigned";');
  }
  if (server.name === "knot") {
    const [, policy = ""] = /^policy:\n((?: .*\n)+)/m.exec(own) ?? [];
    return text.knot
      .replace("policy:\n", `$&${policy}`)
      .replace(/dnssec-policy: .*/, "dnssec-policy: presigned");
  }
  return text[server.name];
}

const SIGNED = "example.com.zone is signed already, and example.com.ksk names no key\n";

const keysIn = (zone: string) => zone.match(/^\S+\s+\d+\s+IN\s+DNSKEY\s.*$/gm)?.sort();

describeEach(
  PRIMARIES,
  ({ name }) => name,
  (kind) => {
    test("with a zone that is signed with other keys, the text starts no rollover", async () => {
      const wish = { zone: ZONE, key: KEY, notifyPort: 9, algorithm: "rsasha256", denial: "nsec" } as const;
      const primary = await startPrimary(kind, wish);
      const { folder, port } = primary;
      try {
        const before = await primary.signedZone();
        const anchor = await trustAnchor(before, ZONE, folder);
        expect(keysIn(before)?.join()).toMatch(/DNSKEY\s257 3 8 /);
        // The names of NSD's keys stand where the text says.
        if (kind.server.name === "nsd")
          await run("sh", ["-ec", "cp ksk example.com.ksk; cp zsk example.com.zsk"], folder);

        await primary.configure(asTold(kind, kind.configOf(wish)));
        await primary.publish(`${zoneText(ZONE, 2)}added IN A 192.0.2.99\n`);
        const after = await until("the edit is served", async () => {
          const zone = await digZone(port, ZONE, folder, KEY);
          const isWhole = zone !== undefined && (await faultsOf(zone, ZONE, folder)) === "";
          return isWhole && /^added\./m.test(zone) ? zone : undefined;
        });
        expect(keysIn(after)).toEqual(keysIn(before));
        expect(await delv(port, ZONE, anchor, `added.${ZONE}`, "A")).toBe("answer validated");
      } finally {
        await primary.stop();
      }
    }, 60_000);

    if (kind.server.name === "nsd")
      test("does not sign a zone file that comes signed", async () => {
        const primary = await startPrimary(kind, { zone: ZONE, key: KEY, notifyPort: 9 });
        const { folder } = primary;
        try {
          const signed = await primary.signedZone();
          await primary.configure(text.nsd);
          for (const ending of ["ksk", "zsk"]) rmSync(join(folder, `${ZONE}.${ending}`));
          const before = await digZone(primary.port, ZONE, folder, KEY);
          writeFileSync(join(folder, `${ZONE}.zone`), signed);
          const { code, stderr } = await tryRun("sh", [join(folder, "update.sh")], folder);
          expect({ code, stderr }).toEqual({ code: 1, stderr: SIGNED });
          expect(await digZone(primary.port, ZONE, folder, KEY)).toBe(before);
        } finally {
          await primary.stop();
        }
      }, 60_000);

    if (kind.server.name === "powerdns")
      test("makes no keys for a zone that comes signed", async () => {
        const primary = await startPrimary(kind, { zone: ZONE, key: KEY, notifyPort: 9 });
        const { folder } = primary;
        try {
          writeFileSync(join(folder, "signed.zone"), await primary.signedZone());
          const shell = (lines: string) => run("sh", ["-ec", pdnsutilIn(folder) + lines], folder);
          await shell(`pdnsutil disable-dnssec ${ZONE}
            pdnsutil load-zone ${ZONE} signed.zone
            pdnsutil set-presigned ${ZONE}`);
          await primary.configure(text.powerdns);
          expect(await shell(`pdnsutil list-keys ${ZONE}`)).not.toMatch(/[CKZ]SK/);
          expect(await shell(`pdnsutil get-meta ${ZONE} PRESIGNED`)).toContain("PRESIGNED = 1");
        } finally {
          await primary.stop();
        }
      }, 60_000);
  },
);
