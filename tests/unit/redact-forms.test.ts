import * as fc from "fast-check";
import { redact, Secret } from "../../provider/core/secret";

const bytes = Buffer.from("b7+/9Zq1xS0m/kd8+vY2Qw7uJ3oPtLeNfRhGiCaDsEw=", "base64");
const VALUE = bytes.toString("base64");
new Secret(VALUE);

const swapCase = (text: string) =>
  [...text]
    .map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))
    .join("");
const escapedAll = (text: string, write: (code: number) => string) =>
  [...text].map((letter) => write(letter.charCodeAt(0))).join("");
const hex = (code: number, digits: number) => code.toString(16).padStart(digits, "0");

describe("a secret is found and hidden", () => {
  test.each<[form: string, text: string]>([
    ["as it is", VALUE],
    ["URL-encoded", encodeURIComponent(VALUE)],
    [
      "URL-encoded in lower-case digits",
      encodeURIComponent(VALUE).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ["URL-encoded twice", encodeURIComponent(encodeURIComponent(VALUE))],
    ["URL-encoded letter by letter", escapedAll(VALUE, (code) => `%${hex(code, 2)}`)],
    ["decoded as a form, where a plus sign is a space", VALUE.replaceAll("+", " ")],
    ["with its slashes escaped, as some JSON has them", VALUE.replaceAll("/", "\\/")],
    ["as JSON writes any letter", escapedAll(VALUE, (code) => `\\u${hex(code, 4)}`)],
    ["as HTML writes any letter", escapedAll(VALUE, (code) => `&#${code};`)],
    ["as HTML writes any letter in hexadecimal digits", escapedAll(VALUE, (code) => `&#x${hex(code, 2)};`)],
    ["in lower case", VALUE.toLowerCase()],
    ["in upper case", VALUE.toUpperCase()],
    ["with its case reversed", swapCase(VALUE)],
    ["without its padding", VALUE.replace(/=+$/, "")],
    ["in the URL-safe alphabet", bytes.toString("base64url")],
    ["in lines", VALUE.replace(/.{12}/g, "$&\r\n")],
    ["in lines that JSON escapes", VALUE.replace(/.{12}/g, "$&\\n")],
    ["with invisible characters in between", [...VALUE].join("\u200b")],
    ["as the hexadecimal digits of its bytes", bytes.toString("hex")],
  ])("%s", (_form, text) => {
    expect(redact(`before <${text}> after`)).toBe("before <[secret]> after");
  });

  test("as the text that it is the base64 of", () => {
    new Secret(Buffer.from("correct horse battery staple").toString("base64"));
    expect(redact("given: correct horse battery staple!")).toBe("given: [secret]!");
  });

  test("wherever it stands, in whatever form and mix, with no rest of more than a sign", () => {
    const form = fc.constantFrom<(text: string) => string>(
      (text) => text,
      encodeURIComponent,
      swapCase,
      (text) => text.replaceAll("/", "\\/"),
      (text) => escapedAll(text, (code) => `%${hex(code, 2)}`),
    );
    const value = fc.uint8Array({ minLength: 16, maxLength: 64 });
    fc.assert(
      fc.property(value, fc.array(fc.tuple(form, fc.string())), (octets, pieces) => {
        const text = Buffer.from(octets).toString("base64");
        new Secret(text);
        const clean = redact(pieces.map(([write, around]) => around + write(text)).join(""));
        for (const [write] of pieces) expect(clean).not.toContain(write(text));
      }),
    );
  });
});

describe("what is not secret is left as it is", () => {
  test.each([
    "POST https://api.example/client/v4/accounts/0123/secondary_dns/tsigs%20x (request id 8f1d-ARN)",
    "  1003: Malformed request body\n  1004: Another\nNext: do this, then that.",
    "\\u0041 &#65; %41 %ZZ \\q &#99999999;",
    "",
  ])("%j", (text) => {
    expect(redact(text)).toBe(text);
  });

  test("beside a secret too", () => {
    expect(redact(`100 %25 \n\t${VALUE}\n + - =`)).toBe("100 %25 \n\t[secret]\n + - =");
  });
});

test("a thousand secrets do not make an error slow", () => {
  for (let index = 0; index < 1_000; index += 1)
    new Secret(Buffer.alloc(64, `secret ${index} `).toString("base64"));
  redact("x");
  const began = performance.now();
  for (let index = 0; index < 10; index += 1) redact("a text without any of them, ".repeat(30));
  expect(performance.now() - began).toBeLessThan(500);
});
