import { inspect } from "node:util";
import * as fc from "fast-check";
import { redact, Secret } from "../../provider/core/secret";

const VALUE = "bXkgc2VjcmV0IG15IHNlY3JldA==";
const secret = new Secret(VALUE);

describe("a secret", () => {
  test.each<[way: string, print: () => string]>([
    ["String()", () => String(secret)],
    ["a template", () => `${secret}`],
    ["concatenation", () => "".concat(secret.toString())],
    ["join", () => [secret].join()],
    ["inspect", () => inspect(secret)],
  ])("prints as [secret] by %s", (_way, print) => {
    expect(print()).toBe("[secret]");
  });

  test.each<[way: string, print: () => string]>([
    ["JSON.stringify", () => JSON.stringify({ a: [secret] })],
    ["inspect of what holds it", () => inspect({ a: [secret], b: new Map([["c", secret]]) })],
    ["inspect at any depth, with hidden properties", () => inspect(secret, { depth: 9, showHidden: true })],
    ["a copy of its properties", () => JSON.stringify({ ...secret })],
    ["the list of its properties", () => JSON.stringify(Object.getOwnPropertyDescriptors(secret))],
    ["structuredClone", () => inspect(structuredClone({ ...secret }))],
    ["an error that has it as cause", () => inspect(new Error("failed", { cause: secret }))],
  ])("does not show its value by %s", (_way, print) => {
    expect(print()).not.toContain(VALUE);
  });

  test("does not show its value on the console", () => {
    const write = jest.spyOn(process.stdout, "write").mockReturnValue(true);
    try {
      new console.Console(process.stdout).log(secret, { secret }, "%s", secret);
      const printed = write.mock.calls.map(([text]) => String(text)).join("");
      expect(printed).toContain("[secret]");
      expect(printed).not.toContain(VALUE);
    } finally {
      write.mockRestore();
    }
  });

  test("gives its value to whoever asks by name", () => {
    expect(secret.reveal()).toBe(VALUE);
  });
});

describe("a text that is redacted", () => {
  test("loses every occurrence of every secret that was ever made", () => {
    new Secret("ab+cd/ef==");
    expect(redact(`<${VALUE}> ab+cd/ef== ${VALUE}`)).toBe("<[secret]> [secret] [secret]");
  });

  test("takes a secret literally, not as a pattern", () => {
    new Secret("1.3.5.7.9");
    new Secret("$&$1$<a>$$");
    expect(redact("1.3.5.7.9 123456789 $&$1$<a>$$")).toBe("[secret] 123456789 [secret]");
  });

  test("keeps no rest of a secret that begins with another one", () => {
    new Secret("token-one");
    new Secret("token-one-and-more");
    expect(redact("token-one-and-more")).toBe("[secret]");
  });

  test.each(["", "a", "test"])("stays readable when somebody calls %j a secret", (value) => {
    new Secret(value);
    expect(redact("a latest text")).toBe("a latest text");
  });

  test("holds no secret any more, whatever stood around it", () => {
    const value = fc.base64String({ minLength: 16, maxLength: 64 });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 3 }),
        fc.array(fc.string()),
        (values, around) => {
          for (const each of values) new Secret(each);
          const clean = redact(around.flatMap((part) => [part, ...values]).join(""));
          for (const each of values) expect(clean).not.toContain(each);
        },
      ),
    );
  });
});
