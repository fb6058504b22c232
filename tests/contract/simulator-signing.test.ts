import { verify } from "node:crypto";
import { RCODE, TYPE } from "../../simulator/dns/codes";
import { dsOf } from "../../simulator/dns/ds";
import { type ReceivedMessage, type ResourceRecord, rcodeOf } from "../../simulator/dns/message";
import { parseName } from "../../simulator/dns/name";
import { ask } from "../support/dns-client";
import { type FakePrimary, message, startFakePrimary } from "../support/dns-fake-primary";
import { address, ORIGIN, pointing, record, soa } from "../support/dns-records";
import { createClock, withSimulator } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const FOREIGN_KEY = Buffer.concat([Buffer.from([1, 0, 3, 13]), Buffer.alloc(64, 7)]);
const ZONE = [
  soa(7),
  pointing("@", TYPE.NS, `ns.${ORIGIN}`),
  address("ns"),
  record("@", TYPE.DNSKEY, FOREIGN_KEY),
  record("@", TYPE.CDS, Buffer.alloc(5)),
  soa(7),
];

let primary: FakePrimary;
beforeAll(async () => {
  primary = await startFakePrimary();
  primary.say((request) => [message(request, ZONE)]);
});
afterAll(() => primary.stop());

const DO = { edns: { dnssec: true } };
const typesOf = ({ answers }: ReceivedMessage) => answers.map(({ type }) => type);
const keysOf = ({ answers }: ReceivedMessage) =>
  answers.flatMap(({ type, rdata }) => (type === TYPE.DNSKEY ? [rdata] : []));
const signatureOf = ({ answers }: ReceivedMessage): ResourceRecord => {
  const signature = answers.find(({ type }) => type === TYPE.RRSIG);
  if (!signature) throw new Error("the answer has no signature");
  return signature;
};
/** Of a signature, in seconds since 1970. */
const validityOf = ({ rdata }: ResourceRecord) => ({
  from: rdata.readUInt32BE(12),
  to: rdata.readUInt32BE(8),
});

const transferred = (test: (transfers: Transfers) => Promise<void>, clock = createClock()) =>
  withSimulator({ zones: 1, now: clock.now }, async (client) => {
    const transfers = new Transfers(client);
    await transfers.link(primary.port);
    await transfers.force();
    await test(transfers);
  });
const edit = ({ client }: Transfers, body: object) =>
  client.cloudflare("PATCH", `${client.zone}/dnssec`, body);

test(
  "a zone is signed from the moment DNSSEC is on until it is deleted, while it is disabled too",
  transferred(async (transfers) => {
    const { client, dnsPort } = transfers;
    const isSigned = async () => typesOf(await ask(dnsPort, `ns.${ORIGIN}`, TYPE.A, DO)).includes(TYPE.RRSIG);
    expect(await isSigned()).toBe(false);

    await edit(transfers, { status: "active" });
    expect(await isSigned()).toBe(true);
    expect(typesOf(await ask(dnsPort, `ns.${ORIGIN}`, TYPE.A))).toEqual([TYPE.A]);
    await client.patchZone({ dsAtParent: true });
    await edit(transfers, { status: "disabled" });
    expect(await isSigned()).toBe(true);
    await client.patchZone({ dsAtParent: false });
    expect(await isSigned()).toBe(true);

    expect(await client.cloudflare("DELETE", `${client.zone}/dnssec`)).toMatchObject({ status: 200 });
    expect(await isSigned()).toBe(false);
    expect(keysOf(await ask(dnsPort, ORIGIN, TYPE.DNSKEY, DO))).toEqual([]);
  }),
);

test(
  "the API shows the DS, the tag and the key of the key-signing key that is served",
  transferred(async (transfers) => {
    const { body } = await edit(transfers, { status: "active" });
    const [ksk = Buffer.alloc(0), zsk] = keysOf(await ask(transfers.dnsPort, ORIGIN, TYPE.DNSKEY, DO));
    const ds = dsOf(parseName(ORIGIN), ksk);

    expect([ksk.readUInt16BE(0), zsk?.readUInt16BE(0)]).toEqual([257, 256]);
    expect(body).toMatchObject({
      result: {
        ds: `${ORIGIN}. 3600 IN DS ${ds}`,
        key_tag: Number(ds.split(" ")[0]),
        digest: ds.split(" ")[3],
        public_key: ksk.toString("base64", 4),
      },
    });
  }),
);

test(
  "the API lists the zone-signing key that is served, while there is one",
  transferred(async (transfers) => {
    const list = async () => {
      const { body } = await transfers.client.cloudflare("GET", `${transfers.client.zone}/dnssec/zsk`);
      return (body as { result: object[] }).result;
    };
    expect(await list()).toEqual([]);

    await edit(transfers, { status: "active" });
    const [, zsk] = keysOf(await ask(transfers.dnsPort, ORIGIN, TYPE.DNSKEY, DO));
    expect(await list()).toMatchObject([
      {
        Tag: "active",
        DNSKEY: { Flags: 256, Algorithm: 13, Protocol: 3, PublicKey: zsk?.toString("base64", 4) },
      },
    ]);
  }),
);

test(
  "the key set is signed with the key-signing key, all else with the other",
  transferred(async (transfers) => {
    await edit(transfers, { status: "active" });
    const keySet = await ask(transfers.dnsPort, ORIGIN, TYPE.DNSKEY, DO);
    const [ksk = Buffer.alloc(0), zsk = Buffer.alloc(0)] = keysOf(keySet);
    const replies = [
      [await ask(transfers.dnsPort, ORIGIN, TYPE.SOA, DO), zsk],
      [keySet, ksk],
    ] as const;

    for (const [reply, key] of replies) expect(isSignedBy(key, reply)).toBe(true);
    expect(isSignedBy(ksk, replies[0][0])).toBe(false);
  }),
);

/** By node:crypto alone; the names here are in lower case already. */
function isSignedBy(dnskey: Buffer, reply: ReceivedMessage): boolean {
  const { rdata } = signatureOf(reply);
  const head = rdata.subarray(0, -64);
  const covered = reply.answers
    .filter(({ type }) => type !== TYPE.RRSIG)
    .sort((one, other) => one.rdata.compare(other.rdata))
    .flatMap(({ name, type, ttl, rdata: data }) => {
      const fixed = Buffer.alloc(10);
      fixed.writeUInt16BE(type, 0);
      fixed.writeUInt16BE(1, 2);
      fixed.writeUInt32BE(ttl, 4);
      fixed.writeUInt16BE(data.length, 8);
      return [name, fixed, data];
    });
  const jwk = {
    kty: "EC",
    crv: "P-256",
    x: dnskey.subarray(4, 36).toString("base64url"),
    y: dnskey.subarray(36).toString("base64url"),
  };
  return verify(
    "sha256",
    Buffer.concat([head, ...covered]),
    { key: jwk, format: "jwk", dsaEncoding: "ieee-p1363" },
    rdata.subarray(-64),
  );
}

test(
  "the primary's keys are published with multi-signer alone, and its CDS never",
  transferred(async (transfers) => {
    await edit(transfers, { status: "active" });
    const keys = async () => keysOf(await ask(transfers.dnsPort, ORIGIN, TYPE.DNSKEY));
    expect(await keys()).toHaveLength(2);

    await edit(transfers, { dnssec_multi_signer: true });
    expect(await keys()).toHaveLength(3);
    expect((await keys()).some((key) => key.equals(FOREIGN_KEY))).toBe(true);
    expect(typesOf(await ask(transfers.dnsPort, ORIGIN, TYPE.CDS))).toEqual([]);
  }),
);

test.each([
  ["NSEC", {}, [TYPE.NSEC]],
  ["NSEC3", { dnssec_use_nsec3: true }, [TYPE.NSEC3]],
] as const)("what is not there is denied with %s", (_name, flags, types) =>
  transferred(async (transfers) => {
    await edit(transfers, { status: "active", ...flags });
    const reply = await ask(transfers.dnsPort, `nope.${ORIGIN}`, TYPE.A, { ...DO, transport: "tcp" });
    const proofs = new Set(reply.authority.map(({ type }) => type));

    expect(rcodeOf(reply)).toBe(RCODE.NXDOMAIN);
    expect([...proofs].sort()).toEqual([TYPE.SOA, TYPE.RRSIG, ...types].sort());
  })(),
);

test("signatures are made anew as the clock goes on, and are always valid", async () => {
  const clock = createClock();
  await transferred(async (transfers) => {
    await edit(transfers, { status: "active" });
    const soaSignature = async () => signatureOf(await ask(transfers.dnsPort, ORIGIN, TYPE.SOA, DO));
    const first = await soaSignature();
    clock.advance(60);
    expect((await soaSignature()).rdata.equals(first.rdata)).toBe(true);

    for (const seconds of [3_600, 86_400, 30 * 86_400, -7 * 86_400]) {
      clock.advance(seconds);
      const { from, to } = validityOf(await soaSignature());
      const now = clock.now() / 1_000;
      expect(from).toBeLessThan(now);
      expect(to).toBeGreaterThan(now + 3_600);
    }
  }, clock)();
});

test.each([
  ["an hour as by Cloudflare's", {}, 3600],
  ["as long as it is told", { dnskeyTtl: 2 }, 2],
])("its DNSKEY set and the signature over it may be held for %s", (_title, options, ttl) =>
  withSimulator({ zones: 1, ...options }, async (client) => {
    const transfers = new Transfers(client);
    await transfers.link(primary.port);
    await transfers.force();
    await edit(transfers, { status: "active" });
    const { answers } = await ask(transfers.dnsPort, ORIGIN, TYPE.DNSKEY, DO);
    expect(answers.map((answer) => answer.ttl)).toEqual([ttl, ttl, ttl]);
  })(),
);
