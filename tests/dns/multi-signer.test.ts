import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "../support/one-realm";
import { CONFIGURABLE } from "../support/configured-primary";
import { PATH, run, until } from "../support/dns-processes";
import { type Served, serveZone } from "../support/dns-serve-zone";
import type { DnsServer } from "../support/dns-server";
import { nsdServer } from "../support/dns-server-nsd";
import { pdnsutilIn } from "../support/dns-server-powerdns";
import { delv, digZone, faultsOf, missingTools, trustAnchor } from "../support/dns-tools";
import { zoneText } from "../support/dns-zone-text";
import { configOf, VALID } from "../support/mode-changes";
import { describeEach } from "../support/with-each";

const ZONE = "example.com";
const KEY = {
  name: "cf.example.com.",
  algorithm: "hmac-sha256",
  secret: Buffer.alloc(32, 1).toString("base64"),
};

/** What each text says to do with the other signer's ZSK, given as the data of a DNSKEY record. */
const GIVE: Readonly<Record<DnsServer["name"], (primary: Served, zsk: string) => Promise<void>>> = {
  bind: (primary, zsk) => primary.publish(`${zoneText(ZONE, 2)}@ IN DNSKEY ${zsk}\n`),
  knot: async ({ folder }, zsk) => {
    writeFileSync(join(folder, "FILE.key"), `${ZONE}. IN DNSKEY ${zsk}\n`);
    await run("keymgr", ["-c", "knot.conf", ZONE, "import-pub", "FILE.key"], folder);
    await run("knotc", ["-c", "knot.conf", "zone-sign", ZONE], folder);
  },
  nsd: (primary, zsk) => primary.publish(`${zoneText(ZONE, 2)}@ IN DNSKEY ${zsk}\n`),
  powerdns: async ({ folder }, zsk) => {
    const command = `pdnsutil add-record ${ZONE} @ DNSKEY 3600 '${zsk}'`;
    await run("sh", ["-ec", pdnsutilIn(folder) + command], folder);
  },
};

/** 9.20 is the first to keep a foreign key with inline-signing. */
function dropsForeignKeys({ name, commands }: DnsServer): boolean {
  if (name !== "bind" || missingTools(commands).length > 0) return false;
  const version = execFileSync("named", ["-v"], { encoding: "utf8", env: { ...process.env, PATH } });
  return Number(/BIND 9\.(\d+)/.exec(version)?.[1]) < 20;
}

/** The ZSKs in a zone that has a record on each line. */
function zsksIn(zone: string): string[] {
  const data = [...zone.matchAll(/\sDNSKEY\s+256 (\d+ \d+) ([^;\n]+)/g)];
  return data.map(([, kind, key = ""]) => `256 ${kind} ${key.replaceAll(" ", "")}`);
}

/** Another signer of the same zone, as Cloudflare is one. */
async function startSigner(): Promise<{
  folder: string;
  zsk: string;
  sign(others: string): Promise<string>;
}> {
  const folder = mkdtempSync(join(tmpdir(), "signer-"));
  const keygen = ["-q", "-a", "ECDSAP256SHA256"];
  await run("dnssec-keygen", [...keygen, "-f", "KSK", ZONE], folder);
  const name = (await run("dnssec-keygen", [...keygen, ZONE], folder)).trim();
  const [zsk = ""] = zsksIn(readFileSync(join(folder, `${name}.key`), "utf8"));
  return {
    folder,
    zsk,
    sign: async (others) => {
      writeFileSync(join(folder, "zone"), `${zoneText(ZONE, 9)}@ IN DNSKEY ${others}\n`);
      const form = ["-O", "full", "-f", "signed", "-o", ZONE, "zone"];
      // Smart signing with its own keys; the other's has no private half here.
      await run("dnssec-signzone", ["-q", "-S", "-K", ".", "-3", "-", "-H", "0", ...form], folder);
      return readFileSync(join(folder, "signed"), "utf8");
    },
  };
}

/** One zone's records with the set of keys, and its signature, of another. */
function mixed(answers: string, keys: string): string {
  const ofKeys = (line: string) => /\s(DNSKEY|RRSIG\s+DNSKEY)\s/.test(line);
  const isSoa = (line: string) => /\sSOA\s+\S+\.\s/.test(line) && !/\sRRSIG\s/.test(line);
  const lines = answers.split("\n").filter((line) => !ofKeys(line));
  // A transfer ends with the SOA again.
  const once = lines.filter((line, index) => !isSoa(line) || lines.findIndex(isSoa) === index);
  return [...once, ...keys.split("\n").filter(ofKeys), ""].join("\n");
}

async function verdicts(zone: string, anchor: string): Promise<readonly string[]> {
  const config = `zone:\n    name: "${ZONE}"\n    zonefile: "${ZONE}.zone"\n`;
  const { port, stop } = await serveZone(nsdServer, { zone: ZONE, text: zone, config });
  try {
    return await Promise.all([ZONE, `nope.${ZONE}`].map((name) => delv(port, ZONE, anchor, name, "A")));
  } finally {
    await stop();
  }
}

describeEach(
  CONFIGURABLE,
  ({ name }) => name,
  (server) => {
    let primary: Served;
    beforeEach(async () => {
      const config = configOf("multi-signer")[server.name];
      primary = await serveZone(server, { zone: ZONE, text: zoneText(ZONE, 1), config });
      await whole(() => true);
    }, 60_000);
    afterEach(() => primary.stop());

    /** The zone as Cloudflare gets it, once it is whole and as it should be. */
    const whole = (isRight: (zone: string) => boolean) =>
      until(
        "the zone is whole",
        async () => {
          const zone = await digZone(primary.port, ZONE, primary.folder, KEY);
          const isWhole = zone !== undefined && (await faultsOf(zone, ZONE, primary.folder)) === "";
          return isWhole && isRight(zone) ? zone : undefined;
        },
        primary.log,
      );

    const drops = dropsForeignKeys(server);
    (drops ? test.skip : test)(
      "with each other's ZSK, what one has signed validates by the keys and the DS of the other",
      async () => {
        const other = await startSigner();
        try {
          await GIVE[server.name](primary, other.zsk);
          const ours = await whole((zone) => zsksIn(zone).includes(other.zsk));
          const [zsk = ""] = zsksIn(ours).filter((key) => key !== other.zsk);
          const theirs = await other.sign(zsk);
          for (const [answers, keys] of [
            [theirs, ours],
            [ours, theirs],
          ] as const) {
            const anchor = await trustAnchor(keys, ZONE, other.folder);
            expect(await verdicts(mixed(answers, keys), anchor)).toEqual(VALID);
          }
          // No registry is told to publish the DS of one of the two alone.
          expect(ours).not.toMatch(/\s(CDS|CDNSKEY)\s/);
        } finally {
          rmSync(other.folder, { recursive: true, force: true });
        }
      },
      60_000,
    );

    // Of one server: it is the same with each, and delv takes its time before it gives a zone up.
    if (server.name === "nsd")
      test("without the other's ZSK, what the other has signed does not validate", async () => {
        const other = await startSigner();
        try {
          const ours = await whole(() => true);
          const theirs = await other.sign(zsksIn(ours).join());
          const anchor = await trustAnchor(ours, ZONE, other.folder);
          expect((await verdicts(mixed(theirs, ours), anchor)).join()).toContain("not validated");
        } finally {
          rmSync(other.folder, { recursive: true, force: true });
        }
      }, 60_000);

    if (drops)
      test("drops the other's ZSK, as the text says of this version, and stays valid", async () => {
        const other = await startSigner();
        try {
          const anchor = await trustAnchor(await whole(() => true), ZONE, other.folder);
          await GIVE.bind(primary, other.zsk);
          await primary.publish(`${zoneText(ZONE, 3)}@ IN DNSKEY ${other.zsk}\nadded IN A 192.0.2.99\n`);
          const zone = await whole((text) => /^added\./m.test(text));
          expect(zsksIn(zone)).toHaveLength(1);
          expect(await delv(primary.port, ZONE, anchor, `added.${ZONE}`, "A")).toBe("answer validated");
        } finally {
          rmSync(other.folder, { recursive: true, force: true });
        }
      }, 60_000);
  },
);
