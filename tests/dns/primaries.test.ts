import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { delv, digZone, faultsOf, ldnsFaultsOf, type TransferKey, trustAnchor } from "../support/dns-tools";
import { zoneText } from "../support/dns-zone-text";
import { PRIMARIES, type Primary, type PrimaryKind, startPrimary } from "../support/primaries";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";
import { describeEach } from "../support/with-each";

const ZONE = "zone-0000.example";
const KEY = {
  name: "xfr-2026a.zone-0000.example",
  algorithm: "hmac-sha512",
  secret: randomBytes(64).toString("base64"),
};

/** What each primary answers to a request that it must refuse, in the order of the requests below. */
const REFUSALS: Readonly<Record<string, readonly string[]>> = {
  BIND: ["REFUSED", "BADSIG", "BADKEY", "BADKEY", "BADTIME"],
  Knot: ["NOTAUTH", "BADSIG", "BADKEY", "BADKEY", "BADTIME"],
  NSD: ["REFUSED", "BADSIG", "BADKEY", "REFUSED", "BADTIME"],
  PowerDNS: ["NOTAUTH", "NOTAUTH", "NOTAUTH", "NOTAUTH", "NOTAUTH"],
};

describeEach(PRIMARIES, ({ name }) => name, testsWith);

function testsWith(kind: PrimaryKind): void {
  let clockOffset = 0;
  let simulator: Simulator;
  let transfers: Transfers;
  let primary: Primary;
  const folder = mkdtempSync(join(tmpdir(), "transferred-"));

  beforeAll(async () => {
    simulator = await startSimulator({ zones: 1, now: () => Date.now() + clockOffset });
    transfers = new Transfers(new SimulatorClient(simulator));
    primary = await startPrimary(kind, { zone: ZONE, key: KEY, notifyPort: transfers.dnsPort });
    await transfers.link(primary.port, KEY);
  }, 60_000);

  afterAll(async () => {
    await primary?.stop();
    await simulator?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 20_000);

  test("hands its zone over with the TSIG, and the zone that arrives verifies as a whole", async () => {
    expect(await transfers.force()).toMatchObject({
      lastError: null,
      from: `127.0.0.1:${primary.port}`,
      tsigKey: `${KEY.name}.`,
    });
    const arrived = (await digZone(transfers.dnsPort, ZONE, folder)) ?? "";

    expect(await faultsOf(arrived, ZONE, folder)).toBe("");
    expect(await ldnsFaultsOf(arrived, folder)).toBe("");
  }, 30_000);

  describe("served presigned, convinces a validator with", () => {
    beforeAll(() => transfers.servePresigned());

    test.each([
      ["an answer", ZONE, "A", "answer validated"],
      ["a set of keys", ZONE, "DNSKEY", "answer validated"],
      ["an alias", `www.${ZONE}`, "A", "answer validated"],
      ["a wildcard", `x.y.wild.${ZONE}`, "A", "answer validated"],
      ["a wildcard without the type", `x.wild.${ZONE}`, "AAAA", "negative answer validated"],
      ["a name without the type", `mail.${ZONE}`, "TXT", "negative answer validated"],
      ["an empty name", `b.ent.${ZONE}`, "A", "negative answer validated"],
      ["an unsigned delegation", `sub.${ZONE}`, "DS", "negative answer validated"],
      ["a name that is not there", `nope.${ZONE}`, "A", "negative answer validated"],
      ["a name far from any", `a.b.c.nope.${ZONE}`, "A", "negative answer validated"],
    ])(
      "%s",
      async (_what, name, type, verdict) => {
        const anchor = await trustAnchor(await primary.signedZone(), ZONE, folder);

        expect(await delv(transfers.dnsPort, ZONE, anchor, name, type)).toBe(verdict);
      },
      30_000,
    );
  });

  test("a change reaches the simulator by NOTIFY", async () => {
    const { serial, succeeded } = (await transfers.zone()).transfer;
    await primary.publish(`${zoneText(ZONE, 100_000)}added IN A 192.0.2.99\n`);

    expect(
      await transfers.seen(
        "the new serial has come",
        (now) => now.serial !== serial && now.succeeded > succeeded,
      ),
    ).toMatchObject({ trigger: "notify", lastError: null });
  }, 40_000);

  test("the clock makes a refresh due", async () => {
    await transfers.outcomeOf(() =>
      transfers.client.patchZone({ transfer: { refreshAt: "2000-01-01T00:00:00.000Z" } }),
    );

    expect((await transfers.zone()).transfer).toMatchObject({ trigger: "refresh", lastError: null });
  }, 30_000);

  describe("refuses, in its own words,", () => {
    const wrong = { ...KEY, secret: randomBytes(64).toString("base64") };
    const codes = REFUSALS[kind.name] ?? [];
    test.each<[string, TransferKey | undefined, number, string | undefined]>([
      ["no TSIG", undefined, 0, codes[0]],
      ["another secret", wrong, 0, codes[1]],
      ["another name", { ...KEY, name: "other.example" }, 0, codes[2]],
      ["another algorithm", { ...KEY, algorithm: "hmac-sha256" }, 0, codes[3]],
      ["a clock that is ten minutes off", KEY, 600_000, codes[4]],
    ])(
      "%s",
      async (_what, key, offset, code) => {
        const { serial } = (await transfers.zone()).transfer;
        await transfers.useKey(primary.port, key);
        clockOffset = offset;
        const { lastError, serial: afterwards } = await transfers.force();
        clockOffset = 0;

        expect(lastError).toMatch(new RegExp(`^${code}: 127\\.0\\.0\\.1:${primary.port}: it `));
        expect(afterwards).toBe(serial);
      },
      30_000,
    );
  });
}
