import { type Simulator, startSimulator } from "../../simulator";
import { CLASS, OPCODE, RCODE, TYPE } from "../../simulator/dns/codes";
import { FLAG, type ReceivedMessage, type ResourceRecord, rcodeOf } from "../../simulator/dns/message";
import { formatName, parseName } from "../../simulator/dns/name";
import { parseTsig } from "../../simulator/dns/tsig";
import { ask, overUdp } from "../support/dns-client";
import { type FakePrimary, message, startFakePrimary, tsigKey } from "../support/dns-fake-primary";
import { address, ORIGIN, pointing, record, soa } from "../support/dns-records";
import { SimulatorClient, withSimulator } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const KEY = {
  name: "key.example",
  algorithm: "hmac-sha256",
  secret: "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYw==",
};
const LONG_TEXT = Buffer.concat([Buffer.from([200]), Buffer.alloc(200, "x")]);
const ZONE = [
  soa(7),
  pointing("@", TYPE.NS, `ns.${ORIGIN}`),
  address("@", 10),
  address("www", 11),
  address("apart", 14),
  address("*.wild", 12),
  address("a.b.ent", 13),
  pointing("alias", TYPE.CNAME, `www.${ORIGIN}`),
  pointing("outward", TYPE.CNAME, "www.other.example"),
  pointing("circle", TYPE.CNAME, `circle.${ORIGIN}`),
  pointing("sub", TYPE.NS, `ns.sub.${ORIGIN}`),
  address("ns.sub", 53),
  ...Array.from({ length: 8 }, () => record("long", 16, LONG_TEXT)),
  address("APART", 15),
  soa(7),
];

const aOf = ({ type, rdata }: ResourceRecord) => (type === TYPE.A ? [...rdata].join(".") : type);
const facts = (reply: ReceivedMessage) => ({
  rcode: rcodeOf(reply),
  authoritative: (reply.flags & FLAG.authoritative) !== 0,
  answers: reply.answers.map(aOf),
  authority: reply.authority.map(({ type }) => type),
});

describe("a transferred zone on the DNS port", () => {
  let primary: FakePrimary;
  let simulator: Simulator;
  let transfers: Transfers;
  beforeAll(async () => {
    primary = await startFakePrimary();
    primary.say((request) => [message(request, ZONE)]);
    simulator = await startSimulator({ zones: 1 });
    transfers = new Transfers(new SimulatorClient(simulator));
    await transfers.link(primary.port);
    await transfers.force();
  });
  afterAll(async () => {
    await simulator.close();
    await primary.stop();
  });

  const from = "192.0.2";
  test.each<[string, string, number, object]>([
    ["an address", "www", TYPE.A, { rcode: RCODE.NOERROR, answers: [`${from}.11`], authority: [] }],
    ["a name in capitals", "WWW", TYPE.A, { rcode: RCODE.NOERROR, answers: [`${from}.11`] }],
    ["a name whose records came apart", "apart", TYPE.A, { answers: [`${from}.14`, `${from}.15`] }],
    ["a wildcard", "x.y.wild", TYPE.A, { rcode: RCODE.NOERROR, answers: [`${from}.12`] }],
    ["an alias", "alias", TYPE.A, { rcode: RCODE.NOERROR, answers: [TYPE.CNAME, `${from}.11`] }],
    ["an alias itself", "alias", TYPE.CNAME, { rcode: RCODE.NOERROR, answers: [TYPE.CNAME] }],
    ["an alias out of the zone", "outward", TYPE.A, { rcode: RCODE.NOERROR, answers: [TYPE.CNAME] }],
    ["another type", "www", TYPE.AAAA, { rcode: RCODE.NOERROR, answers: [], authority: [TYPE.SOA] }],
    ["an empty name", "ent", TYPE.A, { rcode: RCODE.NOERROR, answers: [], authority: [TYPE.SOA] }],
    [
      "a name that is not there",
      "nope",
      TYPE.A,
      { rcode: RCODE.NXDOMAIN, answers: [], authority: [TYPE.SOA] },
    ],
    ["the DS of a delegation", "sub", TYPE.DS, { rcode: RCODE.NOERROR, answers: [], authority: [TYPE.SOA] }],
  ])("answers for %s", async (_what, label, type, expected) => {
    expect(facts(await ask(transfers.dnsPort, `${label}.${ORIGIN}`, type))).toMatchObject({
      authoritative: true,
      ...expected,
    });
  });

  test("answers an alias that leads back to itself, once and for all", async () => {
    expect(rcodeOf(await ask(transfers.dnsPort, `circle.${ORIGIN}`, TYPE.A))).toBe(RCODE.NOERROR);
  });

  test("refers to a delegation, with its glue and without authority", async () => {
    const reply = await ask(transfers.dnsPort, `deep.sub.${ORIGIN}`, TYPE.A);

    expect(facts(reply)).toEqual({
      rcode: RCODE.NOERROR,
      authoritative: false,
      answers: [],
      authority: [TYPE.NS],
    });
    expect(reply.additional.map(aOf)).toEqual([`${from}.53`]);
  });

  test("gives negative answers no longer life than the SOA's minimum", async () => {
    expect((await ask(transfers.dnsPort, `nope.${ORIGIN}`, TYPE.A)).authority).toMatchObject([{ ttl: 60 }]);
  });

  test.each([
    ["without EDNS", {}, true],
    ["with too small a payload", { edns: { payload: 1000 } }, true],
    ["over TCP", { transport: "tcp" }, false],
  ] as const)("sends a long answer %s truncated or whole", async (_how, asking, isTruncated) => {
    const reply = await ask(transfers.dnsPort, `long.${ORIGIN}`, 16, asking);

    expect((reply.flags & FLAG.truncated) !== 0).toBe(isTruncated);
    expect(reply.answers).toHaveLength(isTruncated ? 0 : 8);
  });

  test("is handed out whole over TCP", async () => {
    const { answers } = await ask(transfers.dnsPort, ORIGIN, TYPE.AXFR, { transport: "tcp" });

    expect(answers.map(({ type }) => type)).toEqual(ZONE.map(({ type }) => type));
  });

  test("is signed for whoever asks with a key", async () => {
    const reply = await ask(transfers.dnsPort, ORIGIN, TYPE.SOA, { key: tsigKey(await knownKey()) });

    expect(reply.tsig && formatName(reply.tsig.record.name)).toBe("key.example.");
  });

  test.each([
    ["BADKEY", { ...KEY, name: "other.example" }, 0, 17],
    ["BADSIG", { ...KEY, secret: "b3RoZXI=" }, 0, 16],
    ["BADTIME", KEY, 3600, 18],
  ])("answers NOTAUTH and %s where the key is wrong", async (_error, key, late, error) => {
    await knownKey();
    const time = Math.floor(Date.now() / 1000) - late;
    const reply = await ask(transfers.dnsPort, ORIGIN, TYPE.SOA, { key: tsigKey(key), time });

    expect(rcodeOf(reply)).toBe(RCODE.NOTAUTH);
    expect(reply.tsig && parseTsig(reply.tsig.record).error).toBe(error);
  });

  async function knownKey() {
    const { tsigs } = await state();
    if (Object.keys(tsigs).length === 0) await transfers.makeTsig(KEY);
    return KEY;
  }

  async function state() {
    return (await transfers.client.control("GET", "/state")).body as { tsigs: Record<string, object> };
  }

  test.each([
    ["a zone that it has not", "www.other.example", TYPE.A, {}, RCODE.REFUSED],
    ["an AXFR over UDP", ORIGIN, TYPE.AXFR, {}, RCODE.REFUSED],
    ["an IXFR", ORIGIN, TYPE.IXFR, { transport: "tcp" }, RCODE.REFUSED],
    ["an unknown opcode", ORIGIN, TYPE.SOA, { opcode: 5 }, RCODE.NOTIMP],
    [
      "a NOTIFY for a zone that it has not",
      "other.example",
      TYPE.SOA,
      { opcode: OPCODE.NOTIFY },
      RCODE.NOTAUTH,
    ],
  ] as const)("turns away %s", async (_what, name, type, asking, rcode) => {
    expect(rcodeOf(await ask(transfers.dnsPort, name, type, asking))).toBe(rcode);
  });

  test("turns away an unknown version of EDNS", async () => {
    const reply = await ask(transfers.dnsPort, ORIGIN, TYPE.SOA, { edns: { version: 1 } });

    expect(reply.additional.map(({ ttl }) => ttl >>> 24)).toEqual([1]);
    expect(rcodeOf(reply)).toBe(0);
  });

  test("answers FORMERR to what is no message", async () => {
    const garbage = Buffer.concat([Buffer.from("4711000000010000", "hex"), Buffer.alloc(5)]);

    expect((await overUdp(transfers.dnsPort, garbage)).toString("hex")).toBe("471180010000000000000000");
  });
});

describe("a zone whose flags cannot be served", () => {
  test.each([
    ["of an unsigned zone", {}, "dnssec_presigned is on, but the transferred zone has no DNSKEY or RRSIG"],
    ["left over on a full zone", { type: "full" }, "dnssec_presigned is on for a zone that is not secondary"],
  ])("is refused with an extended error: presigned %s", (_what, change, text) =>
    withSimulator({ zones: 1 }, async (client) => {
      const primary = await startFakePrimary();
      primary.say((request) => [message(request, ZONE)]);
      const transfers = new Transfers(client);
      await transfers.link(primary.port);
      await transfers.force();
      await transfers.servePresigned();
      await client.patchZone(change);
      const reply = await ask(transfers.dnsPort, ORIGIN, TYPE.SOA, { edns: {} });
      await primary.stop();

      expect(rcodeOf(reply)).toBe(RCODE.REFUSED);
      const [opt] = reply.additional;
      // Option 15, its length, and code 20: "Not Authoritative" (RFC 8914 4.21).
      expect(opt?.rdata.readUInt16BE(0)).toBe(15);
      expect(opt?.rdata.readUInt16BE(4)).toBe(20);
      expect(opt?.rdata.toString("latin1", 6)).toBe(text);
    })(),
  );
});

describe("NOTIFY", () => {
  const soaQuestion = { opcode: OPCODE.NOTIFY } as const;

  test.each([
    ["from the address of the peer", undefined, "127.0.0.1", RCODE.NOERROR],
    ["with the key of the peer, from elsewhere", KEY, "192.0.2.1", RCODE.NOERROR],
    ["from elsewhere without a key", undefined, "192.0.2.1", RCODE.REFUSED],
  ])("%s is answered and heeded as it should be", (_who, key, ip, rcode) =>
    withSimulator({ zones: 1, transferTimeoutMs: 50 }, async (client) => {
      const primary = await startFakePrimary();
      const transfers = new Transfers(client);
      const peerId = await transfers.link(primary.port, KEY);
      await client.patch({ peers: { [peerId]: { ip } } });
      const notify = () =>
        ask(transfers.dnsPort, ORIGIN, TYPE.SOA, { ...soaQuestion, ...(key ? { key: tsigKey(key) } : {}) });

      if (rcode === RCODE.NOERROR) {
        expect(await transfers.outcomeOf(notify)).toMatchObject({ trigger: "notify" });
      } else {
        expect(rcodeOf(await notify())).toBe(rcode);
        expect((await transfers.zone()).transfer.failed).toBe(0);
      }
      await primary.stop();
    })(),
  );

  test(
    "with the key of no peer is refused",
    withSimulator({ zones: 1 }, async (client) => {
      const transfers = new Transfers(client);
      await transfers.link(5353);
      await transfers.makeTsig(KEY);
      const reply = await ask(transfers.dnsPort, ORIGIN, TYPE.SOA, { ...soaQuestion, key: tsigKey(KEY) });

      expect(rcodeOf(reply)).toBe(RCODE.REFUSED);
      expect(reply.questions).toEqual([{ name: parseName(ORIGIN), type: TYPE.SOA, class: CLASS.IN }]);
    }),
  );
});

test(
  "an answer that no message can hold is SERVFAIL, and the next question is answered",
  withSimulator({ zones: 1 }, async (client) => {
    const text = (at: number) =>
      record("huge", 16, Buffer.concat([Buffer.from([200]), Buffer.alloc(200, `${at}.`)]));
    const [first, second] = [0, 200].map((from) => Array.from({ length: 200 }, (_, at) => text(from + at)));
    const primary = await startFakePrimary();
    primary.say((request) => [
      message(request, [soa(7), ...(first ?? [])]),
      message(request, [...(second ?? []), address("www", 11), soa(7)]),
    ]);
    const transfers = new Transfers(client);
    await transfers.link(primary.port);
    await transfers.force();
    expect(rcodeOf(await ask(transfers.dnsPort, `huge.${ORIGIN}`, 16, { transport: "tcp" }))).toBe(
      RCODE.SERVFAIL,
    );
    expect(facts(await ask(transfers.dnsPort, `www.${ORIGIN}`, TYPE.A))).toMatchObject({
      answers: ["192.0.2.11"],
    });
    await primary.stop();
  }),
);
