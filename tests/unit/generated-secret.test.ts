import fc from "fast-check";
import { Secret } from "../../provider/core/secret";
import { generateSecret, isGeneratedFor, type Origin } from "../../provider/runtime/tsig/generated-secret";

const ORIGIN: Origin = {
  owner: "project/stack/key",
  accountId: "0123456789abcdef0123456789abcdef",
  name: "cf.example.com.",
};

const text = fc.string({ maxLength: 40 }).filter((part) => !part.includes("\0"));
const origin: fc.Arbitrary<Origin> = fc.record({ owner: text, accountId: text, name: text });

const bytesOf = (secret: Secret) => Buffer.from(secret.reveal(), "base64");

describe("a generated secret", () => {
  test("is 64 bytes in base64 on one line", () => {
    const secret = generateSecret(ORIGIN);
    expect(bytesOf(secret)).toHaveLength(64);
    expect(bytesOf(secret).toString("base64")).toBe(secret.reveal());
  });

  test("is known again by whom it was made for", () => {
    fc.assert(fc.property(origin, (made) => expect(isGeneratedFor(made, generateSecret(made))).toBe(true)));
  });

  test("is known to nobody else", () => {
    fc.assert(
      fc.property(origin, origin, (made, asking) => {
        fc.pre(
          made.owner !== asking.owner || made.accountId !== asking.accountId || made.name !== asking.name,
        );
        expect(isGeneratedFor(asking, generateSecret(made))).toBe(false);
      }),
    );
  });

  test.each([
    { ...ORIGIN, owner: "project/other/key" },
    { ...ORIGIN, accountId: "f".repeat(32) },
    { ...ORIGIN, name: "cf.example.org." },
    // The parts do not run into each other.
    { ...ORIGIN, owner: `${ORIGIN.owner}0`, accountId: ORIGIN.accountId.slice(1) },
  ])("is not known for %o", (other) => {
    expect(isGeneratedFor(other, generateSecret(ORIGIN))).toBe(false);
  });

  test("is not known any more when a bit of it has changed", () => {
    fc.assert(
      fc.property(fc.nat(64 * 8 - 1), (bit) => {
        const bytes = bytesOf(generateSecret(ORIGIN));
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(isGeneratedFor(ORIGIN, new Secret(bytes.toString("base64")))).toBe(false);
      }),
    );
  });

  test("is another one each time, in its random part and in its mark", () => {
    const all = Array.from({ length: 500 }, () => bytesOf(generateSecret(ORIGIN)));
    for (const [from, to] of [
      [0, 48],
      [48, 64],
    ]) {
      expect(new Set(all.map((bytes) => bytes.subarray(from, to).toString("hex"))).size).toBe(500);
    }
  });

  test.each([
    "",
    "AAAA",
    Buffer.alloc(64).toString("base64"),
    Buffer.alloc(63, 1).toString("base64"),
    "no base64!",
  ])("is not what somebody gives: %j", (given) => {
    expect(isGeneratedFor(ORIGIN, new Secret(given))).toBe(false);
  });
});
