import * as fc from "fast-check";
import { parseDomainName, undottedALabels } from "../../provider/dns/domain-name";

const label = fc
  .stringMatching(/^[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?$/)
  .filter((text) => text.length <= 63);
const name = fc
  .array(label, { minLength: 1, maxLength: 6 })
  .map((labels) => labels.join("."))
  .filter((text) => text.length <= 253);

function parsed(text: string): string {
  const result = parseDomainName(text);
  if ("problem" in result) throw new Error(`${text}: ${result.problem}`);
  return result.name;
}

describe("a domain name", () => {
  test.each([
    ["example.com", "example.com."],
    ["example.com.", "example.com."],
    ["CF.Example.COM", "cf.example.com."],
    ["a", "a."],
    ["_dmarc.example.com", "_dmarc.example.com."],
    ["0-0.1.xn--rksmrgs-5wao1o.se", "0-0.1.xn--rksmrgs-5wao1o.se."],
    ["1.0.0.127.in-addr.arpa.", "1.0.0.127.in-addr.arpa."],
  ])("%s has the canonical form %s", (text, canonical) => {
    expect(parsed(text)).toBe(canonical);
  });

  test.each([
    ["", "a label is empty"],
    [".", "a label is empty"],
    ["a..b", "a label is empty"],
    ["a.", undefined],
    [`${"x".repeat(63)}.com`, undefined],
    [`${"x".repeat(64)}.com`, 'the label "xxxxxxxxxxxxxxxxxxxx…" has 64 characters'],
    ["a b.com", 'the label "a b" has a character that is not allowed'],
    ["å.se", 'the label "å" has a character that is not allowed'],
    ["\u0130.se", 'the label "\u0130" has a character that is not allowed'],
    ["\u212a.se", 'the label "\u212a" has a character that is not allowed'],
    ["a\u0000b.se", 'the label "a\u0000b" has a character that is not allowed'],
    ["a/b.se", 'the label "a/b" has a character that is not allowed'],
    ["-a.se", 'the label "-a" begins or ends with a hyphen'],
    ["a-.se", 'the label "a-" begins or ends with a hyphen'],
    ["a.-", 'the label "-" begins or ends with a hyphen'],
  ])("%j has the problem: %s", (text, problem) => {
    const result = parseDomainName(text);
    expect("problem" in result ? result.problem : undefined).toBe(problem);
  });

  test("may have 253 characters, and a final dot beside them", () => {
    const longest = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`;
    expect(longest).toHaveLength(253);
    expect(parsed(longest)).toBe(`${longest}.`);
    expect(parsed(`${longest}.`)).toBe(`${longest}.`);
    expect(parseDomainName(`${longest}d`)).toEqual({ problem: "it has 254 characters" });
  });

  test("means the same with a final dot or without, in any case", () => {
    fc.assert(
      fc.property(name, (text) => {
        const canonical = parsed(text);
        expect(parsed(`${text}.`)).toBe(canonical);
        expect(parsed(text.toUpperCase())).toBe(canonical);
        expect(canonical).toBe(`${text.toLowerCase()}.`);
      }),
    );
  });

  test("is left alone once it is canonical", () => {
    fc.assert(fc.property(name, (text) => expect(parsed(parsed(text))).toBe(parsed(text))));
  });

  test("is either refused or made of lower-case labels of ASCII that fit on the wire, whatever comes", () => {
    const odd = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("a", "A", ".", "-", "_", "\u212a", "\u0130", "é", " ") }),
    );
    fc.assert(
      fc.property(odd, (text) => {
        const result = parseDomainName(text);
        if ("problem" in result) return expect(result.problem).not.toBe("");
        expect(result.name).toMatch(/^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+$/);
        expect(result.name.length).toBeLessThanOrEqual(254);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a name that others wrote is compared as", () => {
  test.each([
    ["Example.SE.", "example.se"],
    ["xn--rksmrgs-5wao1o.se", "xn--rksmrgs-5wao1o.se"],
    ["räksmörgås.se", "xn--rksmrgs-5wao1o.se"],
    ["RÄKSMÖRGÅS.SE", "xn--rksmrgs-5wao1o.se"],
    ["ra\u0308ksmo\u0308rga\u030as.se.", "xn--rksmrgs-5wao1o.se"],
    ["例え。テスト", "xn--r8jz45g.xn--zckzah"],
    ["faß.example", "xn--fa-hia.example"],
    ["_dmarc.räksmörgås.se", "_dmarc.xn--rksmrgs-5wao1o.se"],
    ["", ""],
  ])("%j: %s", (text, name) => {
    expect(undottedALabels(text)).toBe(name);
  });

  test.each([
    ["a host with a path", "räksmörgås.se/evil", "xn--rksmrgs-5wao1o.se/evil"],
    ["a host with a port", "räksmörgås.se:80", "xn--rksmrgs-5wao1o.se:80"],
    ["an encoded letter", "r%C3%A4ksm\u00f6rg\u00e5s.se", "r%c3%a4ksmörgås.se"],
    ["a number that is an address", "0x7f000001", "0x7f000001"],
    ["what is no label in Unicode either", "\u00ad.se", "\u00ad.se"],
  ])("no other name than it is, when it is %s", (_what, text, name) => {
    expect(undottedALabels(text)).toBe(name);
  });

  test.each([
    ["\u04c0", "xn--s5a"],
    ["r\u00e4ksm\u00f6rg\u00e5s\u3002se\u3002", "xn--rksmrgs-5wao1o.se"],
    ["a..", "a.."],
  ])("its letters in lower case and its dots, of whatever kind: %s", (text, name) => {
    expect(undottedALabels(text)).toBe(name);
    expect(undottedALabels(name)).toBe(name);
  });

  test("the same name again, and as what parsing makes of a good one", () => {
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: "grapheme" }), fc.domain()), (text) => {
        const once = undottedALabels(text);
        expect(undottedALabels(once)).toBe(once);
        const result = parseDomainName(text);
        if ("name" in result) expect(`${once}.`).toBe(result.name);
      }),
      { numRuns: 500 },
    );
  });
});
