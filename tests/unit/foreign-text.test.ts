import * as fc from "fast-check";
import { foreignText } from "../../provider/core/foreign-text";
import { Secret } from "../../provider/core/secret";

describe("somebody else's text", () => {
  test.each([
    ["a line break", "one\r\nNext: two", "one Next: two"],
    ["other breaks of lines", "one\u2028two\u0085three\vfour", "one two three four"],
    ["what moves a cursor", "\u001b[2Jgone\u0008\u0007", "gone"],
    ["what turns the direction of letters", "safe\u202egnp.exe", "safe gnp.exe"],
    ["blanks around it", " \t one  ", "one"],
    ["letters of any language", "Domänen är låst – 日本", "Domänen är låst – 日本"],
  ])("is one line without %s", (_what, given, line) => {
    expect(foreignText(given)).toBe(line);
  });

  test("is cut, and says so", () => {
    expect(foreignText("x".repeat(501))).toBe(`${"x".repeat(500)}…`);
    expect(foreignText("x".repeat(10), 10)).toBe("x".repeat(10));
  });

  test("loses a secret before it is cut, so that no half of it stays", () => {
    const secret = "correct-horse-battery-staple";
    expect(new Secret(secret).reveal()).toBe(secret);
    expect(foreignText(`${"x".repeat(20)} ${secret}`, 30)).toBe(`${"x".repeat(20)} [secret]`);
  });

  test("is one short printable line, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 50 }), (text, longest) => {
        const line = foreignText(text, longest);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(line.length).toBeLessThanOrEqual(longest + 1);
      }),
    );
  });
});
