import * as fc from "fast-check";
import { WireError } from "../../provider/core/errors";
import { toPropertyValues } from "../../provider/engine/property-values";

const json = fc.jsonValue().filter((value) => !hasMinusZero(value));
const object = fc.dictionary(fc.string(), json, { noNullPrototype: true });

/** JSON's text has no minus zero, so a round trip cannot keep it. */
function hasMinusZero(value: unknown): boolean {
  if (Object.is(value, -0)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasMinusZero);
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("a value on its way into state", () => {
  test("is the same after the wire and back, whatever JSON it is", () => {
    fc.assert(
      fc.property(object, (value) => {
        const wire = toPropertyValues(value);
        expect(wire).toStrictEqual(value);
        expect(JSON.parse(JSON.stringify(wire))).toStrictEqual(wire);
      }),
    );
  });

  test("is a copy that shares nothing with the original", () => {
    const inner = { list: [1] };
    const wire = toPropertyValues({ inner });
    inner.list.push(2);
    expect(wire).toEqual({ inner: { list: [1] } });
  });

  test("loses what is undefined, at every depth", () => {
    const value = { a: undefined, b: { c: undefined, d: [{ e: undefined, f: 1 }] }, g: null };
    expect(toPropertyValues(value)).toStrictEqual({ b: { d: [{ f: 1 }] }, g: null });
  });

  test("keeps null, false, zero and empty texts, lists and objects", () => {
    const value = { a: null, b: false, c: 0, d: "", e: [], f: {} };
    expect(toPropertyValues(value)).toStrictEqual(value);
  });

  test("keeps a key that would be a prototype elsewhere", () => {
    const value: object = JSON.parse('{"__proto__":{"a":1},"b":{"__proto__":2,"constructor":3}}');
    expect(JSON.stringify(toPropertyValues(value))).toBe(JSON.stringify(value));
  });

  class Point {
    x = 1;
  }

  test.each<[title: string, value: object, path: string, type: string]>([
    ["a Date", { modifiedOn: new Date(0) }, "modifiedOn", "Date"],
    ["a Map", { a: { b: new Map() } }, "a.b", "Map"],
    ["a Set", { a: [1, new Set()] }, "a[1]", "Set"],
    ["a bigint", { a: [{ b: 1n }] }, "a[0].b", "bigint"],
    ["a function", { handler: () => 1 }, "handler", "function"],
    ["a symbol", { a: { b: Symbol("s") } }, "a.b", "symbol"],
    ["not-a-number", { keyTag: Number.NaN }, "keyTag", "number"],
    ["infinity", { keyTag: Number.POSITIVE_INFINITY }, "keyTag", "number"],
    [
      "undefined in a list, where leaving it out would move the rest",
      { a: [1, undefined] },
      "a[1]",
      "undefined",
    ],
    ["an object of a class", { a: new Point() }, "a", "Point"],
    ["a Buffer", { a: Buffer.from("x") }, "a", "Buffer"],
    ["a promise that somebody forgot to await", { a: Promise.resolve(1) }, "a", "Promise"],
  ])("is refused with its path when it holds %s", (_title, value, path, type) => {
    const error = errorOf(() => toPropertyValues(value));
    expect(error).toBeInstanceOf(WireError);
    expect(error).toHaveProperty(
      "message",
      `${path} is a ${type}, which state cannot hold. This is a fault of pulumi-secondary-dns: report it.`,
    );
  });

  test("is refused wherever the wrong value stands", () => {
    const wrong = fc.constantFrom(new Date(0), new Map(), 1n, () => 1, Number.NaN, Symbol("s"));
    fc.assert(
      fc.property(
        object,
        wrong,
        fc.array(fc.constantFrom("list", "object"), { maxLength: 5 }),
        (rest, bad, nest) => {
          const [value, path] = nest.reduce<[unknown, string]>(
            ([inner, tail], kind) =>
              kind === "list" ? [[inner], `[0]${tail}`] : [{ part: inner }, `.part${tail}`],
            [bad, ""],
          );
          const error = errorOf(() => toPropertyValues({ ...rest, wrong: value }));
          expect(error).toBeInstanceOf(WireError);
          expect(error).toHaveProperty("message", expect.stringMatching(startOf(`wrong${path} is a `)));
        },
      ),
    );
  });
});

function startOf(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.[\]]/g, "\\$&")}`);
}
