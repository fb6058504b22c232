import { type PrimaryState, startSimulator } from "../../simulator";
import { RCODE, TYPE } from "../../simulator/dns/codes";
import { dsOf } from "../../simulator/dns/ds";
import { type ReceivedMessage, rcodeOf } from "../../simulator/dns/message";
import { formatName, parseName } from "../../simulator/dns/name";
import { soaOf } from "../../simulator/dns/rdata";
import { ask } from "../support/dns-client";
import { tsigKey } from "../support/dns-fake-primary";
import { ORIGIN } from "../support/dns-records";
import { createClock, type SimulatorClient, withSimulator } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const KEY = {
  name: "key.example",
  algorithm: "hmac-sha256",
  secret: "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYw==",
};
const { name: keyName, ...keyFields } = KEY;
/** What lets the simulator's secondary transfer the zone. */
const WITH_KEY = { keys: { [keyName]: keyFields }, zones: { [ORIGIN]: { transferKeys: [keyName] } } };

/** The primary's own side of a simulator: what its operator does, and what its port says. */
class Operator {
  readonly transfers: Transfers;

  constructor(readonly client: SimulatorClient) {
    this.transfers = new Transfers(client);
  }

  get port(): number {
    return Number(this.client.simulator.primary?.split(":")[1]);
  }

  async state(): Promise<PrimaryState> {
    return (await this.client.control("GET", "/primary")).body as PrimaryState;
  }

  async patch(change: object): Promise<void> {
    expect(await this.client.control("PATCH", "/primary", change)).toMatchObject({ status: 200 });
  }

  patchZone(change: object): Promise<void> {
    return this.patch({ zones: { [ORIGIN]: change } });
  }

  ask(name: string, type: number, asking: Parameters<typeof ask>[3] = {}): Promise<ReceivedMessage> {
    return ask(this.port, name, type, asking);
  }

  async serial(): Promise<number | undefined> {
    const [soa] = (await this.ask(ORIGIN, TYPE.SOA)).answers;
    return soa && soaOf(soa.rdata).serial;
  }

  async keySet(): Promise<readonly Buffer[]> {
    return (await this.ask(ORIGIN, TYPE.DNSKEY, { transport: "tcp" })).answers.map(({ rdata }) => rdata);
  }
}

const withPrimary = (test: (operator: Operator) => Promise<void>, clock = createClock()) =>
  withSimulator({ zones: 1, primary: true, now: clock.now }, (client) => test(new Operator(client)));

const at = (clock: ReturnType<typeof createClock>) => ({
  key: tsigKey(KEY),
  time: Math.floor(clock.now() / 1000),
});

test("a simulator has a primary only where one is asked for", async () => {
  const plain = await startSimulator({ zones: 1 });
  const answer = await fetch(`${plain.control}/primary`);
  const body: unknown = await answer.json();
  await plain.close();

  expect(plain.primary).toBeUndefined();
  expect([answer.status, body]).toEqual([
    404,
    { error: "this simulator has no primary: start it with --primary" },
  ]);
});

describe("a zone of the primary", () => {
  test(
    "is there for each zone of Cloudflare, signed with NSEC3, and gives no transfer without a key",
    withPrimary(async (operator) => {
      const { keys, zones } = await operator.state();
      expect(keys).toEqual({});
      expect(zones).toMatchObject({ [ORIGIN]: { signing: "nsec3", serial: 1, transferKeys: [] } });

      const reply = await operator.ask(ORIGIN, TYPE.SOA, { edns: { dnssec: true } });
      expect(reply.answers.map(({ type }) => type)).toEqual([TYPE.SOA, TYPE.RRSIG]);
      expect(rcodeOf(await operator.ask(ORIGIN, TYPE.AXFR, { transport: "tcp" }))).toBe(RCODE.REFUSED);
    }),
  );

  test("is transferred with one of its keys, and with no other", async () => {
    const clock = createClock();
    await withPrimary(async (operator) => {
      const other = { ...KEY, name: "other.example" };
      await operator.patch(WITH_KEY);
      await operator.patch({ keys: { [other.name]: keyFields } });
      const transfer = (key: typeof KEY) =>
        operator.ask(ORIGIN, TYPE.AXFR, { transport: "tcp", ...at(clock), key: tsigKey(key) });

      const given = await transfer(KEY);
      expect(given.answers.map(({ type }) => type)).toContain(TYPE.NSEC3);
      expect(given.tsig && formatName(given.tsig.record.name)).toBe("key.example.");
      expect(rcodeOf(await transfer(other))).toBe(RCODE.REFUSED);
      expect(rcodeOf(await transfer({ ...KEY, name: "unknown.example" }))).toBe(RCODE.NOTAUTH);
      expect(rcodeOf(await transfer({ ...KEY, secret: "b3RoZXI=" }))).toBe(RCODE.NOTAUTH);
    }, clock)();
  });

  test("answers SOA, DNSKEY and CDS with the key of the question, the CDS that of its key-signing key", async () => {
    const clock = createClock();
    await withPrimary(async (operator) => {
      await operator.patch(WITH_KEY);
      const replies = await Promise.all(
        [TYPE.SOA, TYPE.DNSKEY, TYPE.CDS].map((type) => operator.ask(ORIGIN, type, at(clock))),
      );
      for (const { tsig } of replies) expect(tsig && formatName(tsig.record.name)).toBe("key.example.");

      const [ksk = Buffer.alloc(0)] = replies[1]?.answers.map(({ rdata }) => rdata) ?? [];
      const [cds] = replies[2]?.answers.map(({ rdata }) => rdata) ?? [];
      const [tag, algorithm, digestType, digest] = dsOf(parseName(ORIGIN), ksk).split(" ");
      expect([cds?.readUInt16BE(0), cds?.[2], cds?.[3]]).toEqual([tag, algorithm, digestType].map(Number));
      expect(cds?.toString("hex", 4).toUpperCase()).toBe(digest);
    }, clock)();
  });

  test(
    "is signed as it is told, or not at all",
    withPrimary(async (operator) => {
      const denial = async () => {
        const asking = { transport: "tcp", edns: { dnssec: true } } as const;
        const { authority } = await operator.ask(`nope.${ORIGIN}`, TYPE.A, asking);
        return [...new Set(authority.map(({ type }) => type))].filter((type) => type !== TYPE.SOA).sort();
      };
      expect(await denial()).toEqual([TYPE.RRSIG, TYPE.NSEC3]);
      await operator.patchZone({ signing: "nsec" });
      expect(await denial()).toEqual([TYPE.RRSIG, TYPE.NSEC]);
      await operator.patchZone({ signing: "none" });
      expect(await denial()).toEqual([]);
      expect(await operator.keySet()).toEqual([]);
    }),
  );

  test(
    "has other keys when it is told so, the same ones otherwise",
    withPrimary(async (operator) => {
      const before = await operator.keySet();
      await operator.patchZone({ signing: "nsec" });
      expect(await operator.keySet()).toEqual(before);
      await operator.patchZone({ keyGeneration: 2 });
      expect(await operator.keySet()).not.toEqual(before);
    }),
  );

  test(
    "has another serial with each change of its content, or the one it is given",
    withPrimary(async (operator) => {
      const records = [{ name: "@", type: "A", value: "192.0.2.9" }];
      const serials = [];
      for (const change of [
        { transferKeys: [] },
        { records },
        { records },
        { serial: 4_294_967_295 },
        { signing: "nsec" },
      ]) {
        await operator.patchZone(change);
        serials.push(await operator.serial());
      }

      expect(serials).toEqual([1, 2, 2, 4_294_967_295, 0]);
    }),
  );

  test("has fresh signatures and another serial when the old ones have lived for half their time", async () => {
    const clock = createClock();
    await withPrimary(async (operator) => {
      expect(await operator.serial()).toBe(1);
      clock.advance(6 * 86_400);
      expect(await operator.serial()).toBe(1);
      clock.advance(2 * 86_400);
      expect(await operator.serial()).toBe(2);

      const { answers } = await operator.ask(ORIGIN, TYPE.SOA, { edns: { dnssec: true } });
      const expiration = answers.find(({ type }) => type === TYPE.RRSIG)?.rdata.readUInt32BE(8);
      expect(expiration).toBe(clock.now() / 1000 + 14 * 86_400);
    }, clock)();
  });
});

describe("the secondary and the embedded primary", () => {
  test(
    "meet: the zone is transferred with the key, and again by NOTIFY when it changes",
    withSimulator({ zones: 1, primary: true }, async (client) => {
      const operator = new Operator(client);
      const { transfers } = operator;
      await transfers.link(operator.port, KEY);
      expect((await transfers.force()).lastError).toMatch(/^BADKEY: /);

      await operator.patch(WITH_KEY);
      expect(await transfers.force()).toMatchObject({ lastError: null, tsigKey: "key.example." });
      await transfers.servePresigned();
      const records = [{ name: "new", type: "A", ttl: 60, value: "192.0.2.9" }];
      expect(await transfers.outcomeOf(() => operator.patchZone({ records }))).toMatchObject({
        trigger: "notify",
        lastError: null,
        serial: 2,
      });
      const served = await ask(transfers.dnsPort, `new.${ORIGIN}`, TYPE.A, { edns: { dnssec: true } });
      expect(served.answers.map(({ type }) => type)).toEqual([TYPE.A, TYPE.RRSIG]);
    }),
  );

  test(
    "part when the serial falls: what was transferred before stays",
    withSimulator({ zones: 1, primary: true }, async (client) => {
      const operator = new Operator(client);
      const { transfers } = operator;
      await operator.patch(WITH_KEY);
      await operator.patchZone({ serial: 11 });
      await transfers.link(operator.port, KEY);
      await transfers.force();

      const record = await transfers.outcomeOf(() => operator.patchZone({ serial: 3 }));
      expect(record).toMatchObject({ serial: 11, lastError: expect.stringMatching(/^OLD-SERIAL: /) });
    }),
  );
});

describe("a change of the primary", () => {
  const zone = (change: object) => ({ zones: { [ORIGIN]: change } });
  const record = (change: object) =>
    zone({ records: [{ name: "@", type: "A", value: "192.0.2.1", ...change }] });

  test.each<[string, unknown, string]>([
    ["a list", [], "the patch must be a JSON object"],
    ["an unknown part", { peers: {} }, "peers: unknown key"],
    ["an unknown field", zone({ ttl: 5 }), "ttl: unknown key"],
    ["an unknown way to sign", zone({ signing: "nsec5" }), "signing: "],
    ["a serial past the last", zone({ serial: 2 ** 32 }), "serial: "],
    ["a key that is not there", zone({ transferKeys: ["gone.example"] }), "transferKeys.0: no such key"],
    ["a name in capitals", { zones: { "Zone.example": {} } }, "zones.Zone.example: "],
    ["a key with a dot at its end", { keys: { "key.example.": keyFields } }, "keys.key.example.: "],
    [
      "an unknown algorithm",
      { keys: { k: { ...keyFields, algorithm: "sha512" } } },
      "keys.k.algorithm: must be one of",
    ],
    [
      "a secret that is no base64",
      { keys: { k: { ...keyFields, secret: "not base64!" } } },
      "keys.k.secret: ",
    ],
    ["a type that it cannot write", record({ type: "SOA" }), "records.0.type: "],
    [
      "an address that is none",
      record({ value: "192.0.2.256" }),
      'records.0: "192.0.2.256" is no value for A',
    ],
    ["an IPv4 address for AAAA", record({ type: "AAAA" }), "is no value for AAAA"],
    ["a name that is none", record({ name: "a b" }), '"a b" is no name'],
    [
      "an asterisk inside of a value",
      record({ type: "CNAME", value: "*.example." }),
      "is no value for CNAME",
    ],
    ["a preference that is none", record({ type: "MX", value: "70000 mail" }), "is no value for MX"],
  ])("is refused for %s, and nothing changes", (_what, patch, error) =>
    withPrimary(async (operator) => {
      const before = await operator.state();

      expect(await operator.client.control("PATCH", "/primary", patch)).toMatchObject({
        status: 400,
        body: { error: expect.stringContaining(error) },
      });
      expect(await operator.state()).toEqual(before);
    })(),
  );

  test("takes a key away: whoever has it is refused from then on", async () => {
    const clock = createClock();
    await withPrimary(async (operator) => {
      const transfer = () => operator.ask(ORIGIN, TYPE.AXFR, { transport: "tcp", ...at(clock) });
      await operator.patch(WITH_KEY);
      expect(rcodeOf(await transfer())).toBe(RCODE.NOERROR);

      await operator.patch({ keys: { [keyName]: null }, ...zone({ transferKeys: [] }) });
      expect((await operator.state()).keys).toEqual({});
      expect(rcodeOf(await transfer())).toBe(RCODE.NOTAUTH);
    }, clock)();
  });
});
