import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { TYPE } from "../../simulator/dns/codes";
import { parseDs } from "../../simulator/dns/ds";
import type { ResourceRecord } from "../../simulator/dns/message";
import { parseName } from "../../simulator/dns/name";
import { signingKey } from "../../simulator/dns/signing-key";
import { uint16 } from "../../simulator/dns/wire";
import { type FakePrimary, message, startFakePrimary } from "../support/dns-fake-primary";
import { address, ORIGIN, pointing, record, soa } from "../support/dns-records";
import { delv, digZone, faultsOf, ldnsFaultsOf, trustAnchor, trustAnchorOf } from "../support/dns-tools";
import { SimulatorClient } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";
import { describeEach } from "../support/with-each";

const text = (...strings: string[]) =>
  Buffer.concat(strings.flatMap((string) => [Buffer.from([string.length]), Buffer.from(string)]));
const MX = 15;
const TXT = 16;
const SRV = 33;
const NAPTR = 35;
const CAA = 257;
const SECURE = parseDs(`4711 13 2 ${"AB".repeat(32)}`) ?? Buffer.alloc(0);

/** What is hard to sign: names in capitals, doubles, other TTLs, empty names, wildcards, both kinds of delegation. */
const CONTENT: readonly ResourceRecord[] = [
  pointing("@", TYPE.NS, `NS.${ORIGIN}`),
  record("@", MX, Buffer.concat([uint16(10), parseName(`Mail.${ORIGIN}`)])),
  record("@", CAA, Buffer.concat([Buffer.from([0, 5]), Buffer.from("issueca.example")])),
  address("ns"),
  address("Mixed", 2),
  { ...address("mixed", 1), ttl: 60 },
  address("twice"),
  address("twice"),
  record("txt", TXT, text("a", "b")),
  record("_sip._udp", SRV, Buffer.concat([Buffer.alloc(6), parseName(`SIP.${ORIGIN}`)])),
  record(
    "naptr",
    NAPTR,
    Buffer.concat([Buffer.alloc(4), text("u", "E2U+sip", "!^.*$!sip:a@b!"), parseName(`Next.${ORIGIN}`)]),
  ),
  address("a.b.ent"),
  address("*.wild", 12),
  pointing("alias", TYPE.CNAME, `Mixed.${ORIGIN}`),
  pointing("insecure", TYPE.NS, `ns.insecure.${ORIGIN}`),
  address("ns.insecure", 53),
  address("*.insecure", 54),
  pointing("deep.secure", TYPE.NS, `ns.deep.secure.${ORIGIN}`),
  record("deep.secure", TYPE.DS, SECURE),
  address("ns.deep.secure", 55),
];

/** A key that another signer would have, and a signature of its that must not be served. */
const FOREIGN = signingKey("another signer", "zsk");
const FOREIGN_RECORDS = [
  record("@", TYPE.DNSKEY, FOREIGN.dnskey),
  record("ns", TYPE.RRSIG, Buffer.concat([uint16(TYPE.A), Buffer.alloc(60)])),
  record("ns", TYPE.NSEC, Buffer.concat([parseName(ORIGIN), Buffer.from([0, 1, 64])])),
];

const QUESTIONS = [
  [ORIGIN, "SOA", "answer validated"],
  [ORIGIN, "MX", "answer validated"],
  [ORIGIN, "DNSKEY", "answer validated"],
  [`mixed.${ORIGIN}`, "A", "answer validated"],
  [`alias.${ORIGIN}`, "A", "answer validated"],
  [`naptr.${ORIGIN}`, "NAPTR", "answer validated"],
  [`x.y.wild.${ORIGIN}`, "A", "answer validated"],
  [`deep.secure.${ORIGIN}`, "DS", "answer validated"],
  [`insecure.${ORIGIN}`, "DS", "negative answer validated"],
  [`nope.${ORIGIN}`, "A", "negative answer validated"],
  [`0.nope.${ORIGIN}`, "A", "negative answer validated"],
  [`txt.${ORIGIN}`, "A", "negative answer validated"],
  [`ent.${ORIGIN}`, "A", "negative answer validated"],
  [`x.wild.${ORIGIN}`, "TXT", "negative answer validated"],
  [`secure.${ORIGIN}`, "A", "negative answer validated"],
] as const;

const WAYS = [
  { name: "NSEC", commands: [], flags: {} },
  { name: "NSEC3", commands: [], flags: { dnssec_use_nsec3: true } },
  { name: "NSEC and another signer's key", commands: [], flags: { dnssec_multi_signer: true } },
];

describeEach(
  WAYS,
  ({ name }) => `a zone that Cloudflare signs, with ${name}`,
  ({ flags }) => {
    let primary: FakePrimary;
    let simulator: Simulator;
    let transfers: Transfers;
    let folder: string;
    let zoneText: string;
    let ds: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "live-"));
      primary = await startFakePrimary();
      primary.say((request) => [message(request, [soa(7), ...CONTENT, ...FOREIGN_RECORDS, soa(7)])]);
      simulator = await startSimulator({ zones: 1 });
      transfers = new Transfers(new SimulatorClient(simulator));
      await transfers.link(primary.port);
      await transfers.force();
      const { client } = transfers;
      const { body } = await client.cloudflare("PATCH", `${client.zone}/dnssec`, {
        status: "active",
        ...flags,
      });
      ds = (body as { result: { ds: string } }).result.ds;
      zoneText = (await digZone(transfers.dnsPort, ORIGIN, folder)) ?? "";
    });
    afterAll(async () => {
      await simulator.close();
      await primary.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test("has signatures and a chain that dnssec-verify and ldns-verify-zone find no fault with", async () => {
      expect(await faultsOf(zoneText, ORIGIN, folder)).toBe("");
      expect(await ldnsFaultsOf(zoneText, folder)).toBe("");
    });

    test("does not pass when a record is changed", async () => {
      const changed = zoneText.replace("192.0.2.12", "192.0.2.13");

      expect(await faultsOf(changed, ORIGIN, folder)).toContain("No correct");
      expect(await ldnsFaultsOf(changed, folder)).toContain("Error");
    });

    const isShared = "dnssec_multi_signer" in flags;
    test(`has Cloudflare's keys and ${isShared ? "the other signer's" : "no other"}`, () => {
      const keys = zoneText.split("\n").flatMap((line) => /\sIN\s+DNSKEY\s+(.*)/.exec(line)?.[1] ?? []);
      const foreign = FOREIGN.dnskey.toString("base64", 4);
      const isForeign = (key: string) => key.replace(/ /g, "").endsWith(foreign);

      expect(keys.filter((key) => !isForeign(key)).map((key) => key.slice(0, 9))).toEqual([
        "257 3 13 ",
        "256 3 13 ",
      ]);
      expect(keys.filter(isForeign)).toHaveLength(isShared ? 1 : 0);
    });

    test("has nothing else of the primary's DNSSEC", () => {
      const unsigned = zoneText.split("\n").filter((line) => line.includes("AAAAAAAAAAAAAAAAAAAA"));
      const loose = zoneText.split("\n").filter((line) => /\sNSEC\s+zone-0000\.example\. A$/.test(line));

      expect([...unsigned, ...loose]).toEqual([]);
    });

    test("has the DS that the API shows", async () => {
      const served = readFileSync(await trustAnchor(zoneText, ORIGIN, folder), "utf8");

      expect(readFileSync(trustAnchorOf(ds, ORIGIN, folder), "utf8")).toBe(served);
    });

    test.each(QUESTIONS)("convinces a validator about %s %s: %s", async (name, type, expected) => {
      const anchor = trustAnchorOf(ds, ORIGIN, folder);

      expect(await delv(transfers.dnsPort, ORIGIN, anchor, name, type)).toBe(expected);
    });

    test("does not convince a validator that trusts another key", async () => {
      const anchor = trustAnchorOf(`x DS 4711 13 2 ${"AB".repeat(32)}`, ORIGIN, folder);

      expect(await delv(transfers.dnsPort, ORIGIN, anchor, ORIGIN, "SOA")).toContain("not validated");
    });
  },
);
