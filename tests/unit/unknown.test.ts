import { runtime } from "@pulumi/pulumi";
import { isUnknown, UNKNOWN } from "../../provider/engine/unknown";

describe("a value that is not known yet", () => {
  test("is the sentinel that the SDK sends", () => {
    expect(UNKNOWN).toBe(runtime.unknownValue);
  });

  test.each<[title: string, value: unknown]>([
    ["the sentinel", UNKNOWN],
    ["a list with it", ["a", UNKNOWN]],
    ["an object with it", { a: UNKNOWN }],
    ["a list of objects with it", [{ a: [{ b: UNKNOWN }] }]],
  ])("is %s", (_title, value) => {
    expect(isUnknown(value)).toBe(true);
  });

  test.each<[title: string, value: unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["false", false],
    ["zero", 0],
    ["an empty text", ""],
    ["an empty list", []],
    ["an empty object", {}],
    ["another text", "04da6b54"],
    ["a text with the sentinel in it", ` ${UNKNOWN}`],
    ["the sentinel as a key", { [UNKNOWN]: 1 }],
  ])("is not %s", (_title, value) => {
    expect(isUnknown(value)).toBe(false);
  });
});
