import { observeServer } from "../../provider/chain/observe/observe-server";
import { TYPE } from "../../simulator/dns/codes";
import { nsecOf } from "../../simulator/dns/nsec";
import { nsec3Of } from "../../simulator/dns/nsec3";
import { signingKey } from "../../simulator/dns/signing-key";
import { ZoneData } from "../../simulator/dns/zone";
import { closedPort } from "../support/closed-port";
import { answerOf } from "../support/dns-result";
import { startPrimaryServer } from "../support/guard-model/primary-server";
import { signedZone } from "../support/guard-model/signed-zone";

const ZONE = "example.com";
const now = Math.floor(Date.now() / 1_000);
const validity = { inception: now - 3_600, expiration: now + 86_400 };
const keys = { ksks: [signingKey("a", "ksk")], zsks: [signingKey("b", "zsk")] } as const;
const ofType = { nsec: TYPE.NSEC, nsec3: TYPE.NSEC3 };

/** What is seen of a server that serves the zone as `change` leaves it. */
async function seen(denial: "nsec" | "nsec3", change: (signed: ZoneData) => ZoneData) {
  const zone = change(
    signedZone({ zone: ZONE, serial: 1 }, { keys, denial, keyTtl: 300, cds: "no DS" }, validity),
  );
  const proof = denial === "nsec3" ? nsec3Of(zone) : nsecOf(zone);
  const server = await startPrimaryServer({
    outside: () => undefined,
    viewOf: () => ({ zone, ...(proof ? { denial: proof } : {}) }),
    wholeZone: () => zone,
    keys: () => [],
    notify: () => 0,
    now: () => now,
  });
  try {
    return await answerOf(observeServer({ name: "ns1", address: "127.0.0.1", port: server.port }, ZONE));
  } finally {
    await server.stop();
  }
}

/** Without the signatures over one type. */
const unsigned = (type: number) => (zone: ZoneData) =>
  new ZoneData(
    zone.records.filter((each) => each.type !== TYPE.RRSIG || each.rdata.readUInt16BE(0) !== type),
  );

/** With signatures over one type that are those of other content. */
const forged = (type: number) => (zone: ZoneData) =>
  new ZoneData(
    zone.records.map((each) => {
      if (each.type !== TYPE.RRSIG || each.rdata.readUInt16BE(0) !== type) return each;
      const rdata = Buffer.from(each.rdata);
      rdata.writeUInt8(rdata.readUInt8(rdata.length - 1) ^ 1, rdata.length - 1);
      return { ...each, rdata };
    }),
  );

describe.each(["nsec", "nsec3"] as const)("the denial of a name with %s", (denial) => {
  test("is seen to be signed", async () => {
    expect(await seen(denial, (zone) => zone)).toMatchObject({ isSigned: true, isDenialSigned: true });
  });

  test.each([
    ["without signatures over it", unsigned(ofType[denial])],
    ["with wrong ones", forged(ofType[denial])],
  ])("is told apart from one %s, in a zone whose other records are signed", async (_what, change) => {
    expect(await seen(denial, change)).toMatchObject({ isSigned: true, isDenialSigned: false });
  });
});

test("a CDS counts as seen where it is signed, and is none where it is not (RFC 7344 section 4.1)", async () => {
  const deletion = { keyTag: 0, algorithm: 0, digestType: 0, digest: "00" };
  expect(await seen("nsec", (zone) => zone)).toMatchObject({ cds: [deletion] });
  for (const change of [unsigned, forged])
    expect(await seen("nsec", change(TYPE.CDS))).toMatchObject({ isSigned: true, cds: [] });
});

test("of a zone whose name leaves no room for another label, it is not asked about", async () => {
  const long = `${"a".repeat(60)}.`.repeat(4).slice(0, -1);
  const result = await observeServer({ name: "ns1", address: "127.0.0.1", port: await closedPort() }, long);
  expect(result).toMatchObject({ ok: false, failure: { cause: { kind: "unreachable" } } });
});
