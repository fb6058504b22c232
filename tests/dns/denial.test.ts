import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "../../simulator";
import { tryRun } from "../support/dns-processes";
import { delv, trustAnchor } from "../support/dns-tools";
import { missingFor, PRIMARIES, startPrimary } from "../support/primaries";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const ZONE = "zone-0000.example";
const KEY = { name: "key.example", algorithm: "hmac-sha256", secret: randomBytes(32).toString("base64") };

/** The transfer of one installed primary's zone, and what to ask about it. */
async function withTransfer(
  wish: { readonly denial?: "nsec" | "nsec3"; readonly allowFrom?: string; readonly kind: string },
  test: (transfers: Transfers, anchorOf: (folder: string) => Promise<string>) => Promise<void>,
): Promise<void> {
  const kind = PRIMARIES.find(({ name }) => name === wish.kind);
  if (!kind) throw new Error(`no primary is called ${wish.kind}`);
  const simulator = await startSimulator({ zones: 1 });
  const transfers = new Transfers(new SimulatorClient(simulator));
  const { denial = "nsec3", allowFrom } = wish;
  const primary = await startPrimary(kind, {
    zone: ZONE,
    key: KEY,
    notifyPort: transfers.dnsPort,
    denial,
    ...(allowFrom ? { allowFrom } : {}),
  });
  try {
    await transfers.link(primary.port, KEY);
    await test(transfers, async (folder) => trustAnchor(await primary.signedZone(), ZONE, folder));
  } finally {
    await primary.stop();
    await simulator.close();
  }
}

const installed = PRIMARIES.filter((kind) => missingFor(kind).length === 0).map(({ name }) => name);
const testEach = installed.length > 0 ? test.each(installed) : test.skip.each(["any primary"]);

describe("a zone that proves what it has not with NSEC", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "denial-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  testEach(
    "convinces a validator when %s signs it",
    (kind) =>
      withTransfer({ kind, denial: "nsec" }, async (transfers, anchorOf) => {
        expect(await transfers.force()).toMatchObject({ lastError: null });
        await transfers.client.cloudflare("PATCH", `${transfers.client.zone}/dnssec`, {
          status: "active",
          dnssec_presigned: true,
        });
        const anchor = await anchorOf(folder);
        const ask = (name: string, type: string) => delv(transfers.dnsPort, ZONE, anchor, name, type);

        expect(await ask(ZONE, "MX")).toBe("answer validated");
        expect(await ask(`deep.wild.${ZONE}`, "A")).toBe("answer validated");
        for (const [name, type] of [
          [`nope.${ZONE}`, "A"],
          [`zzz.nope.${ZONE}`, "A"],
          [`0.${ZONE}`, "A"],
          [`mail.${ZONE}`, "TXT"],
          [`ent.${ZONE}`, "A"],
          [`x.wild.${ZONE}`, "TXT"],
          [`sub.${ZONE}`, "DS"],
        ] as const) {
          expect([name, await ask(name, type)]).toEqual([name, "negative answer validated"]);
        }
      }),
    40_000,
  );

  testEach(
    "is refused with an extended error while NSEC3 is asked for (%s)",
    (kind) =>
      withTransfer({ kind, denial: "nsec" }, async (transfers) => {
        await transfers.force();
        await transfers.servePresigned();
        const { stdout } = await tryRun("dig", ["@127.0.0.1", "-p", String(transfers.dnsPort), ZONE, "SOA"]);

        expect(stdout).toContain("status: REFUSED");
        expect(stdout).toContain("dnssec_use_nsec3 is on, but the transferred zone has no NSEC3");
      }),
    40_000,
  );
});

describe("a primary that lets only another address transfer", () => {
  const byAddress = installed.filter((name) => name !== "PowerDNS");
  const testEachOf = byAddress.length > 0 ? test.each(byAddress) : test.skip.each(["any primary"]);

  testEachOf(
    "is what the record of the transfer says (%s)",
    (kind) =>
      withTransfer({ kind, allowFrom: "192.0.2.1" }, async (transfers) => {
        expect((await transfers.force()).lastError).toMatch(
          /^(REFUSED|NOTAUTH|BADKEY): 127\.0\.0\.1:\d+: it /,
        );
      }),
    40_000,
  );
});
