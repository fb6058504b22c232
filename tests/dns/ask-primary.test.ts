import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { Secret } from "../../provider/core/secret";
import type { QueryOptions } from "../../provider/dns/asked";
import type { FailureCause, Result } from "../../provider/dns/failure";
import type { Primary } from "../../provider/dns/primary";
import { probeKey } from "../../provider/dns/probe-key";
import { probeTransfer } from "../../provider/dns/probe-transfer";
import { serialOf } from "../../provider/dns/serial";
import type { PrimaryError } from "../../provider/primary/primary-error";
import { answerOf, failureOf } from "../support/dns-result";
import { describeEach } from "../support/with-each";
import "../support/one-realm";
import { freePort, isInstalled, run } from "../support/dns-processes";
import { PRIMARIES, type PrimaryKind, type Primary as Running, startPrimary } from "../support/primaries";

type Kind = FailureCause["kind"];

const ZONE = "zone-0000.example";
const KEY = {
  name: `cf.${ZONE}`,
  algorithm: "hmac-sha512",
  secret: randomBytes(64).toString("base64"),
};
const key = { name: `cf.${ZONE}.`, algorithm: "hmac-sha512.", secret: new Secret(KEY.secret) };
const otherSecret = { ...key, secret: new Secret(randomBytes(64).toString("base64")) };
const otherName = { ...key, name: "other.example." };
const otherAlgorithm = { ...key, algorithm: "hmac-sha256." };

const keyLine: Readonly<Record<string, string>> = {
  BIND: `BIND: key "cf.${ZONE}." { algorithm hmac-sha512; secret "…"; };`,
  Knot: `Knot: key: - id: cf.${ZONE}, algorithm: hmac-sha512, secret: …`,
  NSD: `NSD: key: name: "cf.${ZONE}.", algorithm: hmac-sha512, secret: "…"`,
  PowerDNS: `PowerDNS: pdnsutil import-tsig-key cf.${ZONE} hmac-sha512 '…' && pdnsutil activate-tsig-key ${ZONE} cf.${ZONE} primary`,
};
const allowLine: Readonly<Record<string, string>> = {
  BIND: `BIND: zone "${ZONE}" { allow-transfer { key "cf.${ZONE}."; }; }; and ADDRESS`,
  Knot: `Knot: acl: - address: ADDRESS, key: cf.${ZONE}, action: transfer;`,
  NSD: `NSD: zone: name: "${ZONE}", provide-xfr: ADDRESS cf.${ZONE}.;`,
  PowerDNS: `PowerDNS: pdnsutil activate-tsig-key ${ZONE} cf.${ZONE} primary`,
};

/** How each server lets its faults be told apart. */
interface Manner {
  readonly secret: Kind;
  readonly name: Kind;
  readonly algorithm: Kind;
  readonly clock: Kind;
  /** The key is right and the address is not; PowerDNS takes either. */
  readonly address?: Kind;
  /** What trying the key tells, for the right one and in the order above. */
  readonly tried: readonly [Tried, Tried, Tried, Tried, Tried];
}
type Tried = "accepted" | "unsure" | Kind;

const MANNERS: Readonly<Record<string, Manner>> = {
  BIND: {
    secret: "wrong-secret",
    name: "unknown-key",
    algorithm: "unknown-key",
    clock: "clock",
    address: "refused",
    tried: ["accepted", "wrong-secret", "unknown-key", "unknown-key", "clock"],
  },
  // It looks at a TSIG only where a zone's ACL is asked, and its ACL knows no half matches.
  Knot: {
    secret: "wrong-secret",
    name: "unknown-key",
    algorithm: "unknown-key",
    clock: "clock",
    address: "unknown-key",
    tried: ["unsure", "unsure", "unsure", "unsure", "unsure"],
  },
  // It verifies with the algorithm that the request names, and only then looks at the zone.
  NSD: {
    secret: "wrong-secret",
    name: "unknown-key",
    algorithm: "refused",
    clock: "clock",
    address: "refused",
    tried: ["accepted", "wrong-secret", "unknown-key", "accepted", "clock"],
  },
  PowerDNS: {
    secret: "key-refused",
    name: "key-refused",
    algorithm: "key-refused",
    clock: "key-refused",
    tried: ["accepted", "key-refused", "key-refused", "key-refused", "key-refused"],
  },
};

/** What the first line must say of each trouble. */
const CAUSES: Partial<Readonly<Record<Kind, RegExp>>> = {
  "wrong-secret": /: it has another secret for the key "cf\.zone-0000\.example\."\.\n/,
  "unknown-key": /: it does not know the key "(cf\.zone-0000|other)\.example\." with hmac-sha(256|512)\.\n/,
  clock: /: its clock is (599|600|601) s behind this machine's, and a TSIG allows 300 s\.\n/,
  "key-refused":
    /: it refuses the key "(cf\.zone-0000|other)\.example\." with hmac-sha(256|512) and does not say why/,
  refused: /: it does not let the key "cf\.zone-0000\.example\." transfer from this machine\.\n/,
};

const later: QueryOptions = { now: () => Date.now() + 600_000 };

async function errorOf(asking: Promise<Result<unknown>>): Promise<PrimaryError> {
  const error = await failureOf(asking);
  // Whatever went wrong, no secret is in what people see of it.
  expect(`${error.message}${JSON.stringify(error)}`).not.toContain(KEY.secret);
  return error;
}

async function triedWith(trial: Promise<Result<"accepted" | "unsure">>): Promise<Tried> {
  const tried = await trial;
  return tried.ok ? tried.value : tried.failure.cause.kind;
}

describeEach(
  PRIMARIES,
  ({ name }) => name,
  (kind) => {
    const manner = MANNERS[kind.name];
    if (manner === undefined) throw new Error(`how ${kind.name} refuses is not known`);
    testsWith(kind, manner);
  },
);

function testsWith(kind: PrimaryKind, manner: Manner): void {
  let running: Running;
  let primary: Primary;
  const wish = { zone: ZONE, key: KEY, notifyPort: 9 };
  const at = (port: number): Primary => ({ name: "127.0.0.1", address: "127.0.0.1", port, key });
  const { key: _, ...keyless } = at(0);

  beforeAll(async () => {
    running = await startPrimary(kind, wish);
    primary = at(running.port);
  }, 60_000);
  afterAll(() => running?.stop(), 20_000);

  const lineOf = (table: Readonly<Record<string, string>>) => `\n  ${table[kind.name]}`;

  test("gives the serial and would transfer, both the same", async () => {
    const serial = await answerOf(serialOf(primary, ZONE));
    expect(serial).toBeGreaterThan(0);
    expect(await answerOf(probeTransfer(primary, ZONE))).toEqual({ serial });
    expect(await answerOf(serialOf({ ...keyless, port: running.port }, ZONE))).toBe(serial);
  });

  test.each([
    ["another secret", otherSecret, {}, manner.secret],
    ["another name", otherName, {}, manner.name],
    ["another algorithm", otherAlgorithm, {}, manner.algorithm],
    ["a clock ten minutes off", key, later, manner.clock],
  ] as const)("tells %s", async (_what, key, options, trouble) => {
    const { data, message } = await errorOf(probeTransfer({ ...primary, key }, ZONE, options));
    expect(data).toMatchObject({
      zoneName: ZONE,
      keyName: key.name,
      asked: "AXFR",
      cause: { kind: trouble },
    });
    expect(message).toContain(`The primary 127.0.0.1 port ${running.port} does not transfer ${ZONE}: `);
    expect(message).toMatch(CAUSES[trouble] ?? "?");
  });

  test("tells its own line to put the key right by", async () => {
    const { message } = await errorOf(probeTransfer({ ...primary, key: otherSecret }, ZONE));
    expect(message).toContain(lineOf(keyLine));
  });

  test("tells that it wants a key", async () => {
    const { data, message } = await errorOf(probeTransfer({ ...keyless, port: running.port }, ZONE));
    expect(data.cause.kind).toBe("no-key");
    expect(data.keyName).toBeUndefined();
    expect(message).toContain(
      "it does not let this machine transfer without a TSIG key, and the peer has none.\nNext: give the peer the TSIG",
    );
    expect(message).toMatch(new RegExp(`\n  ${kind.name}: .*${ZONE}`));
  });

  test("tells that it does not have a zone", async () => {
    for (const asking of [probeTransfer, serialOf]) {
      const { data, message } = await errorOf(asking(primary, "elsewhere.example"));
      expect(data.cause).toEqual({ kind: "not-authoritative" });
      expect(message).toContain(
        "elsewhere.example: it does not serve elsewhere.example, or not to this machine.",
      );
      expect(message).toMatch(new RegExp(`\n  ${kind.name}: .*elsewhere\\.example`));
    }
  });

  test("says of a key alone what it can", async () => {
    const tried: Tried[] = [];
    for (const [each, options] of [
      [key],
      [otherSecret],
      [otherName],
      [otherAlgorithm],
      [key, later],
    ] as const)
      tried.push(await triedWith(probeKey({ ...primary, key: each }, options)));
    expect(tried).toEqual(manner.tried);
  });

  const { address } = manner;
  if (address !== undefined)
    test("tells of an address that may not transfer", async () => {
      const closed = await startPrimary(kind, { ...wish, allowFrom: "192.0.2.1" });
      try {
        const { data, message } = await errorOf(probeTransfer(at(closed.port), ZONE));
        expect(data.cause.kind).toBe(address);
        expect(message).toMatch(CAUSES[address] ?? "?");
        expect(message).toContain("ADDRESS is this machine's, as the primary sees it");
        expect(message).toContain(lineOf(allowLine));
      } finally {
        await closed.stop();
      }
    }, 60_000);

  if (kind.name === "PowerDNS")
    test("tells of a key that is not for this zone", async () => {
      const args = ["import-tsig-key", otherName.name, KEY.algorithm, KEY.secret];
      await run("pdnsutil", [`--config-dir=${running.folder}`, ...args]);
      const { data, message } = await errorOf(probeTransfer({ ...primary, key: otherName }, ZONE));
      expect(data.cause.kind).toBe("refused");
      expect(message).toContain(`\n  PowerDNS: pdnsutil activate-tsig-key ${ZONE} other.example primary`);
    });

  // libfaketime does not get along with BIND's allocator, and PowerDNS would only say "key-refused".
  const hasClock = isInstalled("faketime") && (kind.name === "Knot" || kind.name === "NSD");
  (hasClock ? test.each([600, -600]) : test.skip.each([600]))(
    "tells of its own clock, %d s ahead",
    async (clockAhead) => {
      const late = await startPrimary(kind, { ...wish, clockAhead });
      try {
        const { data, message } = await errorOf(probeTransfer(at(late.port), ZONE));
        if (data.cause.kind !== "clock") throw new Error(data.cause.kind);
        expect(Math.abs(data.cause.secondsApart - clockAhead)).toBeLessThan(5);
        expect(message).toMatch(clockAhead > 0 ? /its clock is \d+ s ahead of/ : /its clock is \d+ s behind/);
        expect(message).toContain("\n  this machine: timedatectl status");
      } finally {
        await late.stop();
      }
    },
    60_000,
  );
}

describe("where no DNS server answers", () => {
  let sockets: Socket[];
  const listener = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    speak(socket);
  });
  let speak: (socket: Socket) => void;
  let primary: Primary;

  beforeEach(async () => {
    sockets = [];
    speak = () => {};
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    const bound = listener.address();
    const port = bound !== null && typeof bound === "object" ? bound.port : 0;
    primary = { name: "ns1", address: "127.0.0.1", port, key };
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    listener.close();
    await once(listener, "close");
  });

  test("tells that nothing listens", async () => {
    const port = await freePort();
    const { message } = await errorOf(serialOf({ ...primary, port }, ZONE));
    expect(message.split(`${port}`).join("PORT")).toMatchInlineSnapshot(`
"The primary ns1 (127.0.0.1 port PORT) cannot be queried about zone-0000.example: nothing listens there (ECONNREFUSED).
Next: let the server listen there over TCP too, and open TCP port PORT in its firewall:
  BIND: options { listen-on port PORT { 127.0.0.1; }; };
  Knot: server: listen: 127.0.0.1@PORT
  NSD: server: ip-address: 127.0.0.1@PORT, do-tcp: yes
  PowerDNS: local-address=127.0.0.1, local-port=PORT"
`);
  });

  test("tells that a listener never answers", async () => {
    const { data, message } = await errorOf(serialOf(primary, ZONE, { timeoutMs: 100 }));
    expect(data.cause).toEqual({ kind: "silent", connected: true, afterMs: 100 });
    expect(message.split(`${primary.port}`).join("PORT")).toMatchInlineSnapshot(`
"The primary ns1 (127.0.0.1 port PORT) cannot be queried about zone-0000.example: it accepted the connection and sent nothing within 0.1 s.
Next: check in its log whether it has too many connections or blocks this machine (ADDRESS is this machine's, as the primary sees it):
  BIND: options { tcp-clients 150; }; and blackhole must not have ADDRESS
  Knot: server: tcp-max-clients, tcp-workers
  NSD: server: tcp-count: 100
  PowerDNS: max-tcp-connections=20, max-tcp-connections-per-client=0"
`);
  });

  test("tells that the connection ends without an answer", async () => {
    speak = (socket) => socket.end();
    expect((await errorOf(probeKey(primary))).message).toContain(
      "cannot be queried: it ended the connection without an answer.\nNext: let the server listen",
    );
  });

  test("tells that something else speaks", async () => {
    speak = (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(1000));
    const { data, message } = await errorOf(probeTransfer(primary, ZONE));
    expect(data.cause.kind).toBe("garbled");
    expect(message).toContain("what came back is not a response to the query (");
    expect(message).toContain("\n  BIND: options { listen-on port ");
  });
});
