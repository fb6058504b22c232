import * as fc from "fast-check";
import { tsig } from "../../../provider/runtime";
import { checkOf, ID, octets, SECRET } from "../../support/input-tables";

const check = checkOf(tsig);
const beside = { accountId: ID, name: "cf.example.com." };

const BAD_SECRET =
  "secret is not acceptable (its value is secret, so not shown); allowed: base64 (RFC 4648) of 16 to 256 bytes on one line, or nothing to have it generated";
const KNOWN = "accountId, name, algo, secret, adopt, profile";

const good = octets(32);
const urlSafe = good.replaceAll("+", "-").replaceAll("/", "_");

describe("Tsig refuses without a property, so that the CLI does not print its value,", () => {
  test.each<readonly [title: string, secret: string, flaw: string]>([
    [
      "with letters of no base64",
      "correct-horse-battery-staple!!",
      "it has a character that base64 does not use",
    ],
    [
      "in hexadecimal digits of odd length",
      "0123456789abcdef0123456789abcdef0",
      "its padding is missing or wrong",
    ],
    [
      "in URL-safe base64",
      urlSafe,
      'it is in the URL-safe alphabet, with "-" and "_" where base64 has "+" and "/"',
    ],
    ["with a space before it", ` ${good}`, "it has a space"],
    ["with a space in it", `${good.slice(0, 8)} ${good.slice(8)}`, "it has a space"],
    ["with a line break at its end, as a file has", `${good}\n`, "it has a line break"],
    ["in lines of 64 characters", `${good.slice(0, 40)}\n${good.slice(40)}`, "it has a line break"],
    ["without its padding", good.replace(/=+$/, ""), "its padding is missing or wrong"],
    ["with padding in the middle", `${octets(16)}${octets(16)}`, "its padding is missing or wrong"],
    ["with too much padding", `${octets(18)}====`, "its padding is missing or wrong"],
    [
      "with stray bits in its last character",
      `${good.slice(0, -2)}9=`,
      "its last character has bits that stand for nothing",
    ],
    ["of 15 bytes", octets(15), "it is 15 bytes long"],
    ["of 257 bytes", octets(257), "it is 257 bytes long"],
    ["of no bytes", "", "it is empty"],
  ])("a secret %s, and names the flaw", async (_title, secret, flaw) => {
    const { failures } = await check({ ...beside, secret });
    expect(failures).toStrictEqual([{ property: "", reason: `${BAD_SECRET} (${flaw})` }]);
  });

  test.each<readonly [title: string, secret: unknown]>([
    ["a secret that is a number", 1234567890123456],
    ["a secret that is a list", [good]],
    ["a secret that is an object", { value: good }],
    ["a secret that is a boolean", true],
    ["a secret that is null", null],
  ])("%s", async (_title, secret) => {
    const { failures } = await check({ ...beside, secret });
    expect(failures).toStrictEqual([{ property: "", reason: BAD_SECRET }]);
  });

  test.each([
    ["in capitals", "Secret", " did you mean secret?"],
    ["with two letters changed over", "secert", ""],
    ["as another tool calls it", "tsigSecret", ""],
    ["as a key of its own", "key", ""],
  ])("a secret that is misspelt %s", async (_title, key, question) => {
    const { failures } = await check({ ...beside, [key]: SECRET });
    expect(failures).toStrictEqual([
      { property: "", reason: `${key} is not an input;${question} allowed: ${KNOWN}` },
    ]);
  });

  test("whatever secret of whatever kind", async () => {
    const anything = fc.oneof(
      fc.string({ minLength: 12 }),
      fc.base64String({ minLength: 12, maxLength: 20 }),
      fc.array(fc.string({ minLength: 12 }), { minLength: 1 }),
      fc.record({ value: fc.string({ minLength: 12 }) }),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (secret) => {
        const { failures = [] } = await check({ ...beside, secret });
        expect(failures.map(({ property }) => property)).not.toContain("secret");
        const text = JSON.stringify(failures);
        for (const part of [secret].flat()) {
          const value = typeof part === "object" ? part.value : part;
          expect(text).not.toContain(value);
        }
      }),
    );
  });
});
