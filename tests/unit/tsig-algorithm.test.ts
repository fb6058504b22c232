import * as fc from "fast-check";
import {
  algorithmWarning,
  base64Octets,
  hashOctets,
  parseTsigAlgorithm,
  secretWarning,
  tsigAlgorithms,
} from "../../provider/dns/tsig-algorithm";

const octets = (count: number) => Buffer.alloc(count, 7).toString("base64");

describe("a TSIG algorithm", () => {
  test.each(tsigAlgorithms)("%s is known with its dot and without, in any case", (algorithm) => {
    const bare = algorithm.slice(0, -1);
    for (const text of [algorithm, bare, algorithm.toUpperCase(), bare.toUpperCase()]) {
      expect(parseTsigAlgorithm(text)).toBe(algorithm);
    }
  });

  test.each([
    "",
    ".",
    "hmac-md5.sig-alg.reg.int.",
    "hmac-md5",
    "sha512",
    "hmac-sha512..",
    " hmac-sha512.",
    "hmac-sha512-256.",
    "hmac-sha3-512.",
    "gss-tsig.",
    "constructor",
  ])("%j is not known", (text) => {
    expect(parseTsigAlgorithm(text)).toBeUndefined();
  });

  test("has a hash of as many octets as its name has bits", () => {
    for (const algorithm of tsigAlgorithms) {
      const bits = Number(/sha(\d+)/.exec(algorithm)?.[1]);
      expect(hashOctets[algorithm] * 8).toBe(bits === 1 ? 160 : bits);
    }
  });

  test.each([
    [
      "hmac-sha1",
      "algo hmac-sha1. is not recommended (RFC 8945 section 6); use hmac-sha256. or hmac-sha512. where the primary can.",
    ],
    [
      "HMAC-SHA224.",
      "algo hmac-sha224. is not recommended (RFC 8945 section 6); use hmac-sha256. or hmac-sha512. where the primary can.",
    ],
    ["hmac-sha256", undefined],
    ["hmac-sha384.", undefined],
    ["hmac-sha512.", undefined],
    ["nonsense, which check refuses", undefined],
  ])("%s draws the warning: %s", (text, warning) => {
    expect(algorithmWarning(text)).toBe(warning);
  });
});

describe("the octets of a base64 text", () => {
  test("are counted, for every canonical text", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        expect(base64Octets(Buffer.from(bytes).toString("base64"))).toBe(bytes.length);
      }),
    );
  });

  test.each([
    ["an empty text", ""],
    ["the URL-safe alphabet", "-_-_"],
    ["missing padding", "YQ"],
    ["too much padding", "YQ==="],
    ["padding alone", "===="],
    ["stray bits in the last character", "YR=="],
    ["a space", "YWJj YWJj"],
    ["a line break", "YWJj\n"],
    ["text behind the padding", "YQ==YQ=="],
    ["another alphabet", "åäö="],
  ])("are not counted for %s", (_title, text) => {
    expect(base64Octets(text)).toBeUndefined();
  });
});

describe("a short secret", () => {
  test.each(tsigAlgorithms)("draws a warning below the hash length of %s, and none at it", (algorithm) => {
    const enough = hashOctets[algorithm];
    const short = octets(enough - 1);
    const warning = secretWarning(algorithm, short);
    expect(warning).toBe(
      `secret is shorter than the ${enough} bytes that RFC 8945 section 8 recommends for ${algorithm}`,
    );
    expect(warning).not.toContain(short);
    expect(secretWarning(algorithm, octets(enough))).toBeUndefined();
    expect(secretWarning(algorithm, octets(enough + 1))).toBeUndefined();
  });

  test("draws none when check refuses it or its algorithm anyway", () => {
    expect(secretWarning("hmac-sha512.", "not base64")).toBeUndefined();
    expect(secretWarning("hmac-md5", octets(4))).toBeUndefined();
  });
});
