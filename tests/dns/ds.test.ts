import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "../../provider/core/secret";
import { ask } from "../../provider/dns/ask";
import { type Dnskey, type DsData, dsOf, formatDs } from "../../provider/dns/ds";
import type { Primary } from "../../provider/dns/primary";
import { readKeys } from "../../provider/dns/read-keys";
import { run } from "../support/dns-processes";
import { answerOf } from "../support/dns-result";
import { zoneText } from "../support/dns-zone-text";
import { PRIMARIES, type PrimaryKind, type PrimaryWish, startPrimary } from "../support/primaries";
import { describeEach } from "../support/with-each";

const ZONE = "zone-0000.example";
const KEY = { name: `cf.${ZONE}`, algorithm: "hmac-sha256", secret: Buffer.alloc(32, 1).toString("base64") };
const key = { ...KEY, algorithm: "hmac-sha256.", secret: new Secret(KEY.secret) };

const folder = mkdtempSync(join(tmpdir(), "ds-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const judged = PRIMARIES.map((kind) => ({ ...kind, commands: [...kind.commands, "ldns-key2ds"] }));
describeEach(judged, ({ name }) => name, testsWith);

async function withPrimary(
  kind: PrimaryKind,
  wish: Partial<PrimaryWish>,
  act: (primary: Primary) => Promise<void>,
): Promise<void> {
  const running = await startPrimary(kind, { zone: ZONE, key: KEY, notifyPort: 9, ...wish });
  try {
    await act({ name: kind.name, address: "127.0.0.1", port: running.port, key });
  } finally {
    await running.stop();
  }
}

function testsWith(kind: PrimaryKind): void {
  test.each([
    ["rsasha256", 8],
    ["ecdsap256sha256", 13],
    ["ecdsap384sha384", 14],
    ["ed25519", 15],
  ] as const)(
    "the DS of its %s key is that of BIND's and NLnet Labs' tools",
    (algorithm, number) =>
      withPrimary(kind, { algorithm }, async (primary) => {
        const [entryPoint, ...rest] = await keysOf(primary);
        if (entryPoint === undefined) throw new Error("no key");
        expect(rest).toEqual([]);
        expect(entryPoint.algorithm).toBe(number);
        for (const digestType of [2, 4] as const) {
          const ours = formatDs(ZONE, dsOf(ZONE, entryPoint, digestType));
          expect(await theirs(primary.port, digestType)).toEqual([plain(ours), plain(ours)]);
        }
      }),
    60_000,
  );

  // BIND and Knot keep the CDS themselves, whatever the zone file says.
  if (kind.name === "NSD" || kind.name === "PowerDNS")
    test(
      "a zone that asks for its DS to be removed, in a record that it signs, has no entry point",
      () =>
        withPrimary(kind, { text: `${zoneText(ZONE, 1)}@ IN CDS 0 0 0 00\n` }, async (primary) => {
          expect(await cdsOf(primary)).toMatchObject([
            { keyTag: 0, algorithm: 0, digestType: 0, digest: "00" },
          ]);
          expect(await answerOf(readKeys(primary, ZONE))).toEqual({ kind: "no DS" });
        }),
      60_000,
    );

  if (kind.name === "Knot")
    test(
      "the CDS that it publishes by itself is the DS of its entry point",
      () =>
        withPrimary(kind, {}, async (primary) => {
          const [entryPoint] = await keysOf(primary);
          expect(entryPoint && (await cdsOf(primary))).toEqual([entryPoint && dsOf(ZONE, entryPoint, 2)]);
        }),
      60_000,
    );
}

async function keysOf(primary: Primary): Promise<readonly Dnskey[]> {
  const wanted = await answerOf(readKeys(primary, ZONE));
  if (wanted.kind !== "keys") throw new Error("the zone asks for no DS");
  return wanted.keys;
}

async function cdsOf(primary: Primary): Promise<readonly DsData[]> {
  const { records } = await answerOf(ask(primary, { name: ZONE, type: "CDS" }));
  return records.flatMap((record) => (record.type === "CDS" ? [record.ds] : []));
}

/** The same record by `dnssec-dsfromkey` and by `ldns-key2ds`, from the keys that dig gets. */
async function theirs(port: number, digestType: 2 | 4): Promise<readonly string[]> {
  const file = join(folder, "dnskey");
  const answer = await run("dig", [
    "@127.0.0.1",
    "-p",
    `${port}`,
    "+tcp",
    "+noall",
    "+answer",
    ZONE,
    "DNSKEY",
  ]);
  writeFileSync(
    file,
    `${answer
      .split("\n")
      .filter((line) => /\sDNSKEY\s+257\s/.test(line))
      .join("\n")}\n`,
  );
  const hash = { 2: "SHA-256", 4: "SHA-384" }[digestType];
  return [
    plain(await run("dnssec-dsfromkey", ["-a", hash, "-f", file, ZONE])),
    plain(await run("ldns-key2ds", ["-n", `-${digestType}`, file])),
  ];
}

/** Owner, type and data: without TTL, comment, and spaces in the digest. */
function plain(record: string): string {
  const [, owner, tag, algorithm, type, digest = ""] =
    /^(\S+)\s.*?DS\s+(\d+)\s+(\d+)\s+(\d+)\s+([\da-fA-F\s]+)/.exec(record) ?? [];
  return [owner, tag, algorithm, type, digest.replace(/\s/g, "").toUpperCase()].join(" ");
}
