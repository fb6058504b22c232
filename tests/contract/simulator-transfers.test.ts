import type { State, Switches } from "../../simulator";
import { CLASS, OPCODE, RCODE, TYPE } from "../../simulator/dns/codes";
import type { ReceivedMessage, ResourceRecord } from "../../simulator/dns/message";
import { parseName } from "../../simulator/dns/name";
import { parseTsig, withTsigError } from "../../simulator/dns/tsig";
import { ask } from "../support/dns-client";
import {
  type FakePrimary,
  message,
  type Script,
  signedStream,
  startFakePrimary,
  tsigKey,
} from "../support/dns-fake-primary";
import { freePort, until } from "../support/dns-processes";
import { address, ORIGIN, soa } from "../support/dns-records";
import { createClock, withSimulator } from "../support/simulator-client";
import { Transfers } from "../support/simulator-transfers";

const KEY = {
  name: "key.example",
  algorithm: "hmac-sha256",
  secret: "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYw==",
};
const ZONE = [soa(7), address("@"), address("www"), soa(7)];

let primary: FakePrimary;
beforeAll(async () => {
  primary = await startFakePrimary();
});
afterAll(() => primary.stop());

/** A zone that is linked to the fake primary with the key; it says what the script does. */
function transferring(script: Script | "nothing", test: (transfers: Transfers) => Promise<void>) {
  // Only silence is to time out: on a busy machine an answer may take longer than that.
  const transferTimeoutMs = script === "nothing" ? 100 : 10_000;
  return withSimulator({ zones: 1, transferTimeoutMs }, async (client) => {
    const transfers = new Transfers(client);
    await transfers.link(primary.port, KEY);
    primary.say(script);
    await test(transfers);
  });
}

/** Each record in a message of its own. */
function oneByOne(request: ReceivedMessage, records: readonly ResourceRecord[]): readonly Buffer[] {
  return records.map((record) => message(request, [record]));
}

describe("a transfer", () => {
  test(
    "asks with the key of the peer and takes the zone",
    transferring(
      (request) => signedStream(request, [message(request, ZONE)], KEY),
      async (transfers) => {
        const record = await transfers.force();

        expect(record).toMatchObject({
          lastError: null,
          at: expect.any(String),
          trigger: "force_axfr",
          serial: 7,
          records: 3,
          from: `127.0.0.1:${primary.port}`,
          tsigKey: "key.example.",
          succeeded: 1,
          failed: 0,
        });
        expect(primary.requests.at(-1)?.questions).toEqual([
          { name: parseName(ORIGIN), type: TYPE.AXFR, class: CLASS.IN },
        ]);
        expect((await transfers.client.cloudflare("GET", transfers.incoming)).body).toMatchObject({
          result: { soa_serial: 7, checked_time: record.at, modified_time: record.at },
        });
      },
    ),
  );

  test(
    "takes a stream whose first and last messages alone are signed",
    transferring(
      (request) => signedStream(request, oneByOne(request, ZONE), KEY, (index) => index % 3 === 0),
      async (transfers) => expect(await transfers.force()).toMatchObject({ lastError: null, records: 3 }),
    ),
  );

  const many = [
    soa(7),
    ...Array.from({ length: 98 }, (_, index) => address(`a${index}`)),
    address("b"),
    soa(7),
  ];
  test(
    "takes 99 messages in a row without TSIG",
    transferring(
      (request) => signedStream(request, oneByOne(request, many), KEY, (index) => index % 100 === 0),
      async (transfers) => expect(await transfers.force()).toMatchObject({ lastError: null, records: 100 }),
    ),
  );

  test(
    "leaves out what is not of the zone",
    transferring(
      (request) => {
        const stranger = { ...address("@"), name: parseName("www.other.example") };
        return signedStream(request, [message(request, [soa(7), stranger, address("www"), soa(7)])], KEY);
      },
      async (transfers) => expect(await transfers.force()).toMatchObject({ lastError: null, records: 2 }),
    ),
  );

  const whole = (request: ReceivedMessage) => message(request, ZONE);
  const told = (error: number) => (request: ReceivedMessage) =>
    request.tsig
      ? [
          withTsigError(
            message(request, [], RCODE.NOTAUTH),
            request.tsig.record.name,
            parseTsig(request.tsig.record),
            error,
          ),
        ]
      : [];
  test.each<[string, Script | "nothing", RegExp]>([
    ["silence", "nothing", /^TIMEOUT: 127\.0\.0\.1:\d+: no word for 100 ms$/],
    ["REFUSED", (request) => [message(request, [], RCODE.REFUSED)], /^REFUSED: /],
    [
      "NOTAUTH without TSIG",
      (request) => [message(request, [], RCODE.NOTAUTH)],
      /^NOTAUTH: .*not whether name/,
    ],
    ["BADKEY", told(17), /^BADKEY: .*the key "key\.example\." \(hmac-sha256\.\)/],
    ["BADSIG", told(16), /^BADSIG: .*another secret$/],
    ["BADTIME", told(18), /^BADTIME: /],
    ["no TSIG where one was asked", (request) => [whole(request)], /^UNSIGNED: /],
    [
      "the MAC of another secret",
      (request) => signedStream(request, [whole(request)], { ...KEY, secret: "b3RoZXI=" }),
      /^BADMAC: .*message 1 /,
    ],
    [
      "the TSIG of another key",
      (request) => signedStream(request, [whole(request)], { ...KEY, name: "other.example" }),
      /^BADMAC: /,
    ],
    [
      "a signature of an hour ago",
      (request) =>
        signedStream(request, [whole(request)], KEY, () => true, Math.floor(Date.now() / 1000) - 3600),
      /^BADTIME: /,
    ],
    [
      "a changed message",
      (request) =>
        signedStream(request, [whole(request)], KEY).map((wire) => Buffer.from(wire.fill(9, 60, 61))),
      /^(BADMAC|FORMAT): /,
    ],
    [
      "an unsigned message that was slipped in",
      (request) => {
        const [first, last] = signedStream(
          request,
          [message(request, [soa(7)]), message(request, [soa(7)])],
          KEY,
        );
        return first && last ? [first, message(request, [address("slipped")]), last] : [];
      },
      /^BADMAC: .*message 3 /,
    ],
    [
      "100 messages in a row without TSIG",
      (request) => signedStream(request, oneByOne(request, [...many, soa(7)]), KEY, (index) => index === 0),
      /^UNSIGNED: .*100 messages/,
    ],
    [
      "a last message without TSIG",
      (request) => signedStream(request, oneByOne(request, ZONE), KEY, (index) => index < 3),
      /^UNSIGNED: .*the last message/,
    ],
    [
      "a stream that ends too soon",
      (request) => signedStream(request, [message(request, ZONE.slice(0, 3))], KEY),
      /^TRUNCATED: .*after 3 records/,
    ],
    ["an end before anything", () => [], /^TRUNCATED: .*before any record/],
    [
      "a first record that is not SOA",
      (request) => signedStream(request, [message(request, ZONE.slice(1))], KEY),
      /^FORMAT: .*not SOA/,
    ],
    [
      "another serial at the end",
      (request) => signedStream(request, [message(request, [...ZONE.slice(0, 3), soa(8)])], KEY),
      /^FORMAT: .*another serial/,
    ],
    [
      "records behind the end",
      (request) => signedStream(request, [message(request, [...ZONE, address("late")])], KEY),
      /^FORMAT: .*follow the closing SOA/,
    ],
    [
      "another zone",
      (request) => signedStream(request, [message(request, [soa(7, "sub"), soa(7, "sub")])], KEY),
      /^OTHER-ZONE: .*sub\.zone-0000\.example\. for zone-0000\.example\.$/,
    ],
    ["an answer to another question", (request) => [whole({ ...request, id: request.id ^ 1 })], /^FORMAT: /],
    ["what is no DNS message", () => [Buffer.from("hello")], /^FORMAT: /],
  ])("records %s as the reason why it failed", (_what, script, expected) =>
    transferring(script, async (transfers) => {
      const record = await transfers.force();

      expect(record.lastError).toMatch(expected);
      expect(record).toMatchObject({ serial: null, succeeded: 0, failed: 1 });
    })(),
  );

  test(
    "records a refused connection",
    withSimulator({}, async (client) => {
      const transfers = new Transfers(client);
      await transfers.link(await freePort());

      expect((await transfers.force()).lastError).toMatch(/^CONNECTION-REFUSED: /);
    }),
  );

  test.each([
    ["a secret that is not base64", { secret: "not base64" }, "BAD-TSIG: "],
    ["an algorithm without a hash", { algo: "hmac-sha512-256." }, "BAD-TSIG: "],
  ])("records %s", (_what, change, expected) =>
    transferring("nothing", async (transfers) => {
      const { client } = transfers;
      const { tsigs } = (await client.control("GET", "/state")).body as { tsigs: Record<string, object> };
      await client.patch({ tsigs: { [Object.keys(tsigs)[0] ?? ""]: change } });

      expect((await transfers.force()).lastError).toContain(expected);
    })(),
  );

  test(
    "asks the next peer when one fails, and names the reasons of all when none is left",
    transferring(
      (request) => signedStream(request, [message(request, ZONE)], KEY),
      async (transfers) => {
        const { client } = transfers;
        const [down, up] = ["0".repeat(32), "f".repeat(32)];
        const { peers } = (await client.control("GET", "/state")).body as { peers: Record<string, object> };
        const { accountId } = client.simulator;
        const unset = { accountId, name: "unset" };
        const copy = { ...Object.values(peers)[0], id: up };
        await client.patch({ peers: { [down]: unset, [up]: copy } });
        await client.patchZone({ incoming: { peers: [down, up] } });
        expect(await transfers.force()).toMatchObject({ lastError: null, succeeded: 1 });

        await client.patchZone({ incoming: { peers: [down, "e".repeat(32)] } });
        expect((await transfers.force()).lastError).toMatch(/^NO-ADDRESS: .*; NO-PEER: /);
      },
    ),
  );

  test(
    "of an unsigned zone fails while presigned is on, and what was there before stays",
    transferring(
      (request) => signedStream(request, [message(request, ZONE)], KEY),
      async (transfers) => {
        await transfers.force();
        await transfers.servePresigned();
        primary.say((request) => signedStream(request, [message(request, [soa(8), soa(8)])], KEY));

        expect(await transfers.force()).toMatchObject({
          lastError: "NOT-SIGNED: dnssec_presigned is on, but the transferred zone has no DNSKEY or RRSIG",
          serial: 7,
        });
      },
    ),
  );

  test("begins by itself when the clock has gone on by auto_refresh_seconds", async () => {
    const clock = createClock();
    await withSimulator({ now: clock.now, transferTimeoutMs: 100 }, async (client) => {
      const transfers = new Transfers(client);
      await transfers.link(await freePort());
      expect((await transfers.zone()).transfer.refreshAt).toBe("2026-01-02T00:00:00.000Z");

      expect(await transfers.outcomeOf(async () => clock.advance(86_400))).toMatchObject({
        trigger: "refresh",
        refreshAt: "2026-01-03T00:00:00.000Z",
      });
    })();
  });

  test(
    "begins with the link where transferWhenLinked says so",
    withSimulator({ switches: { transferWhenLinked: true } }, async (client) => {
      const transfers = new Transfers(client);
      const closed = await freePort();

      expect(await transfers.outcomeOf(() => transfers.link(closed))).toMatchObject({ trigger: "link" });
    }),
  );
});

describe("a secondary that serves a serial", () => {
  const says = (serial: number, last = 1) =>
    primary.say((request) =>
      signedStream(request, [message(request, [soa(serial), address("www", last), soa(serial)])], KEY),
    );
  const servedAddress = async ({ dnsPort }: Transfers) =>
    (await ask(dnsPort, `www.${ORIGIN}`, TYPE.A)).answers.map(({ rdata }) => rdata.at(3));
  const notify = ({ dnsPort }: Transfers) =>
    ask(dnsPort, ORIGIN, TYPE.SOA, { opcode: OPCODE.NOTIFY, key: tsigKey(KEY) });

  /** What becomes of a zone at one serial, with address 1, when the primary has another, with address 2. */
  const meeting = (
    [first, second]: readonly [number, number],
    switches: Partial<Switches>,
    test: (transfers: Transfers) => Promise<void>,
  ) =>
    withSimulator({ zones: 1, switches }, async (client) => {
      const transfers = new Transfers(client);
      await transfers.link(primary.port, KEY);
      says(first);
      expect(await transfers.force()).toMatchObject({ serial: first });
      says(second, 2);
      await test(transfers);
    });

  test.each<[string, number, number]>([
    ["a higher one", 7, 8],
    ["one behind the turn of the circle", 0xffff_ffff, 0],
    ["one after 0", 0, 1],
  ])("takes %s (RFC 1982)", (_what, first, second) =>
    meeting([first, second], {}, async (transfers) => {
      expect(await transfers.outcomeOf(() => notify(transfers))).toMatchObject({
        serial: second,
        lastError: null,
      });
      expect(await servedAddress(transfers)).toEqual([2]);
    })(),
  );

  test.each<[string, number, number]>([
    ["a lower one", 7, 6],
    ["one before the turn of the circle", 0, 0xffff_ffff],
    ["one that is half the circle away", 0, 2 ** 31],
  ])("does not take %s, not even when it is told to transfer", (_what, first, second) =>
    meeting([first, second], {}, async (transfers) => {
      for (const record of [await transfers.force(), await transfers.outcomeOf(() => notify(transfers))]) {
        expect(record).toMatchObject({
          serial: first,
          succeeded: 1,
          lastError: `OLD-SERIAL: 127.0.0.1:${primary.port} has serial ${second}, which is not newer than ${first}, the one served (RFC 1982)`,
        });
      }
      expect(await servedAddress(transfers)).toEqual([1]);
    })(),
  );

  test(
    "finds an equal one in order and keeps what it has, until it is told to transfer",
    meeting([0, 0], {}, async (transfers) => {
      const kept = { serial: 0, lastError: null, succeeded: 2, failed: 0, trigger: "notify" };
      expect(await transfers.outcomeOf(() => notify(transfers))).toMatchObject(kept);
      expect(await servedAddress(transfers)).toEqual([1]);

      expect(await transfers.force()).toMatchObject({ serial: 0, lastError: null, succeeded: 3 });
      expect(await servedAddress(transfers)).toEqual([2]);
    }),
  );

  test(
    "keeps what it has of an equal one also then, where the switch says so",
    meeting([7, 7], { forcedTransferOfSameSerial: "skip" }, async (transfers) => {
      expect(await transfers.force()).toMatchObject({ serial: 7, lastError: null, succeeded: 2 });
      expect(await servedAddress(transfers)).toEqual([1]);
    }),
  );

  test(
    "asks the next peer where the first has a lower one",
    meeting([7, 6], {}, async (transfers) => {
      const newer = await startFakePrimary();
      newer.say((request) => signedStream(request, [message(request, [soa(9), soa(9)])], KEY));
      const { client } = transfers;
      const second = await transfers.makePeer(newer.port, KEY, "second");
      await client.patchZone({ incoming: { peers: [transfers.peer, second] } });
      const record = await transfers.force();
      await newer.stop();

      expect(record).toMatchObject({ serial: 9, from: `127.0.0.1:${newer.port}`, lastError: null });
    }),
  );

  test(
    "begins anew for another zone of the same name",
    meeting([7, 6], {}, async (transfers) => {
      const { client } = transfers;
      const zone = await transfers.zone();
      const id = "d".repeat(32);
      await client.patch({ zones: { [client.zoneId]: null, [id]: { ...zone, id } } });
      await client.cloudflare("POST", `/zones/${id}/secondary_dns/force_axfr`);

      await until("the new zone is transferred", async () => {
        const { zones } = (await client.control("GET", "/state")).body as Pick<State, "zones">;
        return zones[id]?.transfer.serial === 6;
      });
      expect(await servedAddress(transfers)).toEqual([2]);
    }),
  );
});
