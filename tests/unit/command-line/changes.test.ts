import { nearest } from "../../../command-line/did-you-mean";
import { changeLines, changesBetween } from "../../../command-line/primary-config/changes";

describe("the changes between two texts", () => {
  test("are the lines that one of them lacks, however often they stand there", () => {
    expect(changesBetween("a\nb\nb\n", "a\nb\nc\n")).toEqual({ added: ["c"], removed: ["b"] });
    expect(changesBetween("a\n", "a\n")).toEqual({ added: [], removed: [] });
    expect(changesBetween("", "a\n")).toEqual({ added: ["a"], removed: [] });
  });

  test("show no line of any server that has a secret in it", () => {
    const lines = [
      '    secret "c2VjcmV0";',
      "    secret: c2VjcmV0",
      "pdnsutil import-tsig-key 'cf.example' 'hmac-sha512' 'c2VjcmV0'",
    ];
    const shown = changeLines({ added: lines, removed: lines });
    expect(shown).toHaveLength(6);
    expect(shown.join()).not.toContain("c2VjcmV0");
  });

  test("are cut where there are many", () => {
    const added = Array.from({ length: 50 }, (_, at) => `line ${at}`);
    expect(changeLines({ added, removed: [] }).at(-1)).toBe("  and 30 more");
  });
});

test.each([
  ["docter", "doctor"],
  ["DOCTOR", "doctor"],
  ["simulatr", "simulator"],
  ["up", undefined],
  ["destroy", undefined],
])("%s stands for %s", (word, meant) => {
  expect(nearest(word, ["primary-config", "doctor", "simulator"])).toBe(meant);
});
