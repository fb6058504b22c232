import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configFor, type PrimaryConfig } from "../../servers";
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
const textWith = (policy?: string) =>
  configFor([
    zoneOf({
      zoneName: ZONE,
      keys: [{ ...KEY, algo: KEY.algorithm }],
      mode: "nsec3",
      addresses: { transferFrom: ["127.0.0.1"], notify: [{ address: "127.0.0.1", port: 9 }] },
      ...(policy === undefined ? {} : { policy }),
    }),
  ]);
const text = textWith();

/** The policy that a primary signs by in these tests; the text defines none, so it goes in as it is. */
const named = textWith("presigned");

/** Before the text stands what the primary has already. */
function besideOwnPolicy({ server }: PrimaryKind, text: PrimaryConfig, own: string): string {
  if (server.name === "bind") {
    const [policy = ""] = /^dnssec-policy[\s\S]*?^\};\n/m.exec(own) ?? [];
    return policy + text.bind;
  }
  if (server.name === "knot") {
    const [policy = ""] = /^policy:\n(?: .*\n)+/m.exec(own) ?? [];
    // Knot merges no two sections.
    return text.knot.includes("\npolicy:\n") ? text.knot.replace("policy:\n", policy) : policy + text.knot;
  }
  return text[server.name];
}

/** What each text tells to do to a zone that was signed before; some see to that themselves. */
function asTold({ bind, knot, ...others }: PrimaryConfig): PrimaryConfig {
  return {
    ...others,
    bind: bind.replace(/^( {4}dnssec-policy) .*$/m, '$1 "presigned";'),
    knot: knot.replace(/dnssec-policy: .*/, "dnssec-policy: presigned"),
  };
}

const SIGNED = "example.com.zone is signed already, and example.com.ksk names no key\n";

/** Knot signs with a new algorithm for some days before it shows the key (RFC 6781 section 4.1.4). */
const ECDSA = /\s(DNSKEY\s25[67] 3|RRSIG\s\S+) 13 /;

const keysIn = (zone: string) => zone.match(/^\S+\s+\d+\s+IN\s+DNSKEY\s.*$/gm)?.sort();

describeEach(
  PRIMARIES,
  ({ name }) => name,
  (kind) => {
    test.each([
      ["as it tells to change it", asTold(text)],
      ["with the policy that the program names", named],
    ])(
      "with a zone that is signed with other keys, the text starts no rollover %s",
      async (_how, config) => {
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

          await primary.configure(besideOwnPolicy(kind, config, kind.configOf(wish)));
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
      },
      60_000,
    );

    if (kind.server.name === "bind" || kind.server.name === "knot")
      test("with another policy in the text, the zone gets other keys", async () => {
        const wish = { zone: ZONE, key: KEY, notifyPort: 9, algorithm: "rsasha256", denial: "nsec" } as const;
        const primary = await startPrimary(kind, wish);
        try {
          expect(await primary.signedZone()).not.toMatch(ECDSA);
          await primary.configure(besideOwnPolicy(kind, text, kind.configOf(wish)));
          await until("a key of another algorithm signs", async () =>
            ECDSA.test((await digZone(primary.port, ZONE, primary.folder, KEY)) ?? ""),
          );
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
