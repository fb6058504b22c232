import { createHmac } from "node:crypto";
import { Secret } from "../../provider/core/secret";
import { encodeQuery, parseMessage } from "../../provider/dns/message";
import { sign, verify } from "../../provider/dns/tsig";
import { decode } from "../../simulator/dns/message";
import { verify as verifyByOther } from "../../simulator/dns/tsig";
import { tsigKey } from "../support/dns-fake-primary";

const NOW = 1_800_000_000_000;
const TIME = NOW / 1000;
const SECRET = Buffer.alloc(64, 7).toString("base64");
const key = { name: "CF.Example.com", algorithm: "hmac-sha512.", secret: new Secret(SECRET) };
const query = encodeQuery(4711, { name: "example.com", type: "SOA" });
const request = sign(query, key, NOW);

const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const u48 = (value: number) => Buffer.from(value.toString(16).padStart(12, "0"), "hex");
const wireName = (text: string) =>
  Buffer.from(`${[...text.split("."), ""].map((each) => String.fromCharCode(each.length) + each).join("")}`);

/** What the other side does, by RFC 8945 and not by the code under test. */
function answer({
  rcode = 0,
  time = TIME,
  fudge = 300,
  error = 0,
  other = Buffer.alloc(0),
  name = "cf.example.com",
  spelling = "",
  algorithm = "hmac-sha512",
  hash = "sha512",
  secret = SECRET,
  id = 4711,
  isSigned = true,
  prior = request.mac,
} = {}): Buffer {
  const message = Buffer.from(query);
  message.writeUInt16BE(0x8400 | rcode, 2);
  const mac = createHmac(hash, Buffer.from(secret, "base64"))
    .update(Buffer.concat([u16(prior.length), prior, message]))
    .update(Buffer.concat([wireName(name), u16(255), u16(0), u16(0), wireName(algorithm)]))
    .update(Buffer.concat([u48(time), u16(fudge), u16(error), u16(other.length), other]))
    .digest()
    .subarray(0, isSigned ? undefined : 0);
  const data = [wireName(algorithm), u48(time), u16(fudge), u16(mac.length), mac, u16(4711), u16(error)];
  const rdata = Buffer.concat([...data, u16(other.length), other]);
  const record = [wireName(spelling || name), u16(250), u16(255), u16(0), u16(0), u16(rdata.length), rdata];
  const wire = Buffer.concat([message, ...record]);
  wire.writeUInt16BE(id, 0);
  wire.writeUInt16BE(1, 10);
  return wire;
}

const judge = (wire: Buffer, now = NOW) => verify(parseMessage(wire), key, request, now);

describe("a request", () => {
  test("has its TSIG last, with name, algorithm, time and id (RFC 8945 section 4.2)", () => {
    const mac = createHmac("sha512", Buffer.from(SECRET, "base64"))
      .update(query)
      .update(Buffer.concat([wireName("cf.example.com"), u16(255), u16(0), u16(0), wireName("hmac-sha512")]))
      .update(Buffer.concat([u48(TIME), u16(300), u16(0), u16(0)]))
      .digest();
    expect(request.mac.toString("hex")).toBe(mac.toString("hex"));
    const rdata = [wireName("hmac-sha512"), u48(TIME), u16(300), u16(64), mac, u16(4711), u16(0), u16(0)];
    expect(parseMessage(request.wire).additional.map(({ type, data }) => [type, data])).toEqual([
      [250, Buffer.concat(rdata)],
    ]);
  });

  test.each([
    "hmac-md5.sig-alg.reg.int",
    "hmac-sha1",
    "hmac-sha224",
    "hmac-sha256",
    "hmac-sha384",
    "hmac-sha512",
  ])("signed with %s is right to another implementation, and to no other key", (algorithm) => {
    const signed = decode(sign(query, { ...key, algorithm: `${algorithm}.` }, NOW).wire);
    const named = { name: "cf.example.com", algorithm };
    expect(verifyByOther(signed, tsigKey({ ...named, secret: SECRET }))).toBe(true);
    expect(verifyByOther(signed, tsigKey({ ...named, secret: "AAAA" }))).toBe(false);
  });

  test("is not made with an algorithm that nobody can check", () => {
    expect(() => sign(query, { ...key, algorithm: "hmac-md6." }, NOW)).toThrow(
      'TSIG algorithm "hmac-md6." is not one this package knows.',
    );
  });

  test("is not made with a name that is none", () => {
    expect(() => sign(query, { ...key, name: "cf..example" }, NOW)).toThrow(
      '"cf..example" is not a domain name',
    );
  });
});

describe("an answer", () => {
  test("that is signed right is verified, whatever the case of the name", () => {
    expect(judge(answer())).toEqual({ kind: "verified" });
    expect(judge(answer({ rcode: 5 }))).toEqual({ kind: "verified" });
    expect(judge(answer({ spelling: "cF.eXample.Com" }))).toEqual({ kind: "verified" });
  });

  test("that a forwarder gave another id is verified by the original one (section 5.3)", () => {
    expect(judge(answer({ id: 99 }))).toEqual({ kind: "verified" });
  });

  test("without TSIG is unsigned", () => {
    const wire = answer();
    wire.writeUInt16BE(0, 10);
    expect(judge(wire)).toEqual({ kind: "unsigned" });
  });

  test.each([
    ["is signed with another secret", { secret: "AAAA" }],
    ["has another key's name", { name: "other.example.com" }],
    ["has another algorithm", { algorithm: "hmac-sha256", hash: "sha256" }],
    ["answers another request", { prior: Buffer.alloc(64) }],
    ["has no MAC", { isSigned: false }],
    ["says BADKEY but not NOTAUTH", { isSigned: false, error: 17 }],
    ["has a cut MAC", { hash: "sha1" }],
  ])("that %s is forged", (_what, change) => {
    expect(judge(answer(change))).toEqual({ kind: "forged-answer" });
  });

  test("with any bit changed that the MAC covers is not verified", () => {
    const right = answer();
    for (let at = 2; at < right.length; at++) {
      const wire = Buffer.from(right);
      wire.writeUInt8(wire.readUInt8(at) ^ 1, at);
      let verdict = "garbled";
      try {
        verdict = judge(wire).kind;
      } catch {
        // It cannot even be read, which is as good.
      }
      // Class and TTL of the record are in the digest as constants (section 4.3.3).
      if (!constants(right).includes(at)) expect(`${at} ${verdict}`).not.toBe(`${at} verified`);
    }
  });

  test("with two TSIGs, or one that is not last, is forged", () => {
    const wire = answer();
    const tsig = wire.subarray(query.length);
    const opt = Buffer.from([0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0]);
    for (const last of [tsig, opt]) {
      const longer = Buffer.concat([wire, last]);
      longer.writeUInt16BE(2, 10);
      expect(judge(longer)).toEqual({ kind: "forged-answer" });
    }
  });

  test("that is longer than it says cannot be read", () => {
    const wire = answer();
    wire.writeUInt16BE(4, wire.length - 2);
    expect(() => judge(wire)).toThrow(RangeError);
  });
});

describe("an error of the TSIG", () => {
  test.each([
    ["BADKEY", 17, { kind: "unknown-key" }],
    ["BADSIG", 16, { kind: "wrong-secret" }],
  ])("%s is taken without a MAC, and with NOTAUTH only (section 5.3.2)", (_name, error, verdict) => {
    expect(judge(answer({ rcode: 9, error, isSigned: false }))).toEqual(verdict);
    expect(judge(answer({ rcode: 5, error, isSigned: false }))).toEqual({ kind: "forged-answer" });
  });

  test.each([
    ["signed, as by BIND and Knot", true],
    ["not signed, as by NSD", false],
  ])("BADTIME tells how far the clocks are apart: %s (section 5.2.3)", (_what, isSigned) => {
    const badTime = (seconds: number) =>
      judge(answer({ rcode: 9, error: 18, other: u48(TIME + seconds), isSigned }));
    expect(badTime(-601)).toEqual({ kind: "clock", secondsApart: -601 });
    expect(badTime(86_400)).toEqual({ kind: "clock", secondsApart: 86_400 });
  });

  test("BADTIME with a wrong MAC is forged", () => {
    const other = u48(TIME + 600);
    expect(judge(answer({ rcode: 9, error: 18, other, secret: "AAAA" }))).toEqual({ kind: "forged-answer" });
  });
});

describe("the time of an answer", () => {
  test.each([
    [300, "verified"],
    [-300, "verified"],
    [301, "clock"],
    [-301, "clock"],
  ])("%d s off: %s", (seconds, kind) => {
    expect(judge(answer({ time: TIME + seconds }))).toMatchObject({ kind });
  });

  test("is judged by the answer's own fudge", () => {
    expect(judge(answer({ time: TIME + 20, fudge: 10 }))).toEqual({ kind: "clock", secondsApart: 20 });
  });
});

/** Where the TSIG record of an answer has its class and TTL. */
function constants(wire: Buffer): readonly number[] {
  const start = query.length + wireName("cf.example.com").length + 2;
  return [...wire.keys()].slice(start, start + 6);
}
