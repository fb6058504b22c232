import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Secret } from "../../provider/core/secret";
import { ask } from "../../provider/dns/ask";
import type { Primary } from "../../provider/dns/primary";
import { probeKey } from "../../provider/dns/probe-key";
import { probeTransfer } from "../../provider/dns/probe-transfer";
import { serialOf } from "../../provider/dns/serial";
import type { ReceivedMessage } from "../../simulator/dns/message";
import { type FakePrimary, message, signedStream, startFakePrimary } from "../support/dns-fake-primary";
import { answerOf, causeOf } from "../support/dns-result";
import "../support/one-realm";
import { address, ORIGIN, record, soa } from "../support/dns-records";

const KEY = {
  name: `cf.${ORIGIN}`,
  algorithm: "hmac-sha256",
  secret: Buffer.alloc(32, 1).toString("base64"),
};
const key = { ...KEY, algorithm: "hmac-sha256.", secret: new Secret(KEY.secret) };
const DNSKEY = 48;

let fake: FakePrimary;
let keyless: Primary;
let primary: Primary;
beforeAll(async () => {
  fake = await startFakePrimary();
  keyless = { name: "ns1", address: "127.0.0.1", port: fake.port };
  primary = { ...keyless, key };
});
afterAll(() => fake.stop());

const signed = (request: ReceivedMessage, wire: Buffer) => signedStream(request, [wire], KEY);
/** The same bytes with another in one place. */
const changed = (wire: Buffer, at: number, value: number) => {
  const copy = Buffer.from(wire);
  copy.writeUInt8(value, at);
  return copy;
};

test("a signed answer gives the serial, a keyless question needs none", async () => {
  fake.say((request) => signed(request, message(request, [soa(2 ** 32 - 1)])));
  expect(await answerOf(serialOf(primary, ORIGIN.toUpperCase()))).toBe(2 ** 32 - 1);
  fake.say((request) => [message(request, [soa(7)])]);
  expect(await answerOf(serialOf(keyless, `${ORIGIN}.`))).toBe(7);
});

test("an id is not used again and again", async () => {
  fake.say((request) => [message(request, [soa(7)])]);
  for (let i = 0; i < 4; i++) await serialOf(keyless, ORIGIN);
  expect(new Set(fake.requests.slice(-4).map(({ id }) => id)).size).toBeGreaterThan(1);
});

test("the wish for signatures goes along", async () => {
  fake.say((request) => [message(request, [])]);
  await ask(keyless, { name: ORIGIN, type: "DNSKEY", dnssecOk: true });
  expect(fake.requests.at(-1)?.additional).toMatchObject([{ type: 41, ttl: 0x8000 }]);
});

test("a long answer, and one that comes in pieces, is put together", async () => {
  const many = Array.from({ length: 1200 }, (_, at) => address(`host-${at}`));
  fake.say((request) => signed(request, message(request, [soa(7), ...many])));
  expect(await answerOf(probeTransfer(primary, ORIGIN))).toEqual({ serial: 7 });

  const hesitant = createServer((socket) => {
    const upstream = connect(fake.port, "127.0.0.1");
    socket.setNoDelay().pipe(upstream);
    upstream.on("data", async (chunk) => {
      for (const [start, end] of [[0, 1], [1, 9], [9]]) {
        socket.write(chunk.subarray(start, end));
        await wait(5);
      }
    });
  }).listen(0, "127.0.0.1");
  await once(hesitant, "listening");
  const bound = hesitant.address();
  const port = bound !== null && typeof bound === "object" ? bound.port : 0;
  fake.say((request) => signed(request, message(request, [soa(8)])));
  expect(await answerOf(serialOf({ ...primary, port }, ORIGIN))).toBe(8);
  hesitant.close();
});

test("a connection that ends without an answer is made once more, and only once", async () => {
  const before = fake.requests.length;
  fake.say((request) => (fake.requests.length === before + 1 ? [] : [message(request, [soa(7)])]));
  expect(await answerOf(serialOf(keyless, ORIGIN))).toBe(7);

  const again = fake.requests.length;
  fake.say(() => []);
  expect(await causeOf(serialOf(keyless, ORIGIN))).toEqual({
    kind: "unreachable",
    reason: "it ended the connection without an answer",
  });
  expect(fake.requests).toHaveLength(again + 2);
});

test("a record that the decoder cannot read does not spoil a transfer", async () => {
  const odd = record("@", DNSKEY, Buffer.from([1, 1, 4, 13, 1, 2, 3]));
  fake.say((request) => signed(request, message(request, [soa(7), odd])));
  expect(await answerOf(probeTransfer(primary, ORIGIN))).toEqual({ serial: 7 });
  expect(await causeOf(serialOf(primary, ORIGIN))).toMatchObject({ kind: "garbled" });
});

test("a zone that is no domain name is not asked about", async () => {
  await expect(serialOf(keyless, "zone..example")).rejects.toThrow('"zone..example" is not a domain name');
});

test.each([
  ["no TSIG", (request: ReceivedMessage) => [message(request, [soa(7)])], { kind: "unsigned-answer" }],
  [
    "a serial that was changed on the way",
    (request: ReceivedMessage) =>
      signed(request, message(request, [soa(7)])).map((wire) => changed(wire, wire.indexOf(7, 60), 8)),
    { kind: "forged-answer" },
  ],
  [
    "SERVFAIL",
    (request: ReceivedMessage) => signed(request, message(request, [], 2)),
    { kind: "failed", rcode: 2 },
  ],
  [
    "NXDOMAIN",
    (request: ReceivedMessage) => signed(request, message(request, [], 3)),
    { kind: "not-authoritative" },
  ],
  [
    "an answer without authority, as by a resolver",
    (request: ReceivedMessage) => signed(request, changed(message(request, [soa(7)]), 2, 0x80)),
    { kind: "not-authoritative" },
  ],
  [
    "no SOA",
    (request: ReceivedMessage) => signed(request, message(request, [])),
    { kind: "not-authoritative" },
  ],
  [
    "the SOA of another name",
    (request: ReceivedMessage) => signed(request, message(request, [soa(7, "sub")])),
    { kind: "not-authoritative" },
  ],
  [
    "another id",
    (request: ReceivedMessage) => [message({ ...request, id: request.id ^ 1 }, [soa(7)])],
    { kind: "garbled", reason: "its id does not match" },
  ],
  [
    "a question in turn",
    (request: ReceivedMessage) => [changed(message(request, []), 2, 0)],
    { kind: "garbled", reason: "it is a query" },
  ],
  [
    "an answer to another question",
    (request: ReceivedMessage) => [changed(message(request, [soa(7)]), 13, 0x61)],
    { kind: "garbled", reason: "its question does not match" },
  ],
  [
    "a name that points at itself",
    (request: ReceivedMessage) => [changed(changed(message(request, []), 12, 0xc0), 13, 12)],
    { kind: "garbled", reason: "a name points forward" },
  ],
  [
    "half a message",
    (request: ReceivedMessage) => [message(request, [soa(7)]).subarray(0, 50)],
    { kind: "garbled" },
  ],
  ["nothing at all", () => [Buffer.alloc(0)], { kind: "garbled" }],
])("%s is a failure of its own", async (_what, script, cause) => {
  fake.say(script);
  expect(await causeOf(serialOf(primary, ORIGIN))).toMatchObject(cause);
});

describe("a refused transfer", () => {
  /** Refuses the transfer as Knot and PowerDNS do, and says this of the SOA. */
  const refuse = (ofSoa: (request: ReceivedMessage) => readonly Buffer[]) =>
    fake.say((request) => (request.questions[0]?.type === 252 ? [message(request, [], 9)] : ofSoa(request)));

  test("with the SOA to be had is one of the key's or the address's right", async () => {
    refuse((request) => signed(request, message(request, [soa(7)])));
    expect(await causeOf(probeTransfer(primary, ORIGIN))).toEqual({ kind: "refused" });
    refuse((request) => [message(request, [soa(7)])]);
    expect(await causeOf(probeTransfer(keyless, ORIGIN))).toEqual({ kind: "no-key" });
  });

  test("with NOTAUTH that is signed is of a zone that is not there", async () => {
    fake.say((request) => signed(request, message(request, [], 9)));
    expect(await causeOf(ask(primary, { name: ORIGIN, type: "AXFR" }))).toEqual({
      kind: "not-authoritative",
    });
  });

  test("with the SOA refused as well has the SOA's cause", async () => {
    refuse((request) => [message(request, [], 9)]);
    expect(await causeOf(probeTransfer(primary, ORIGIN))).toEqual({ kind: "key-refused" });
    refuse((request) => [message(request, [], 5)]);
    expect(await causeOf(probeTransfer(primary, ORIGIN))).toEqual({ kind: "not-authoritative" });
    expect(await causeOf(probeTransfer(keyless, ORIGIN))).toEqual({ kind: "not-authoritative" });
  });
});

test("a key that the server signs its refusal with is accepted", async () => {
  fake.say((request) => signed(request, message(request, [], 5)));
  expect(await answerOf(probeKey(primary))).toBe("accepted");
  fake.say((request) => [message(request, [], 5)]);
  expect(await answerOf(probeKey(primary))).toBe("unsure");
  fake.say((request) => [message(request, [])]);
  expect(await causeOf(probeKey(primary))).toEqual({ kind: "unsigned-answer" });
});
