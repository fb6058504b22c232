import * as fc from "fast-check";
import { formatDs } from "../../provider/dns/ds";
import { parseDsLines, rdataOf } from "../../provider/dns/ds-text";
import { messageOf } from "../support/outcome";

const DIGEST = "5A".repeat(32);
const ds = { keyTag: 2371, algorithm: 13, digestType: 2, digest: DIGEST };

describe("the DS records of a text", () => {
  test.each<[who: string, text: string]>([
    ["this package", formatDs("example.se", ds)],
    ["dnssec-dsfromkey", `example.se. IN DS 2371 13 2 ${DIGEST}`],
    ["keymgr", `example.se. DS 2371 13 2 ${DIGEST.toLowerCase()}`],
    ["dig", `example.se.\t\t3600\tIN\tDS\t2371 13 2 ${DIGEST.slice(0, 56)} ${DIGEST.slice(56)}\n`],
  ])("are read as %s writes them", (_who, text) => {
    expect(parseDsLines(text)).toEqual([ds]);
  });

  test("are none in an empty text, which a zone that asks for none has", () => {
    expect(parseDsLines("")).toEqual([]);
  });

  test.each([
    ["another record", "example.se. 3600 IN DNSKEY 257 3 13 AAAA"],
    ["one that is cut off", "example.se. 3600 IN DS 2371 13 2"],
    ["rdata alone", `2371 13 2 ${DIGEST}`],
    ["a comment", "; example.se. IN DS 2371 13 2 5A"],
  ])("are not guessed from %s", async (_what, line) => {
    const reading = Promise.resolve().then(() => parseDsLines(`${formatDs("example.se", ds)}\n${line}`));
    expect(await messageOf(reading)).toBe(`${JSON.stringify(line)} is not a DS record.`);
  });

  test("read back whatever was written, in order", () => {
    const record = fc.record({
      keyTag: fc.nat({ max: 65_535 }),
      algorithm: fc.nat({ max: 255 }),
      digestType: fc.nat({ max: 255 }),
      digest: fc.stringMatching(/^[0-9A-F]{64}$/),
    });
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const text = records.map((each) => formatDs("example.se", each)).join("\n");
        expect(parseDsLines(text)).toEqual(records);
        expect(parseDsLines(text).map(rdataOf)).toEqual(records.map(rdataOf));
      }),
    );
  });
});
