import { SecondaryZone, ZoneDnssec } from "../../index";
import { ids, useMocks, zoneArgs } from "../support/mocked-program";

useMocks();

const LIMIT = Error.stackTraceLimit;

afterEach(() => {
  expect(Error.stackTraceLimit).toBe(LIMIT);
  delete process.env.PULUMI_DEBUG_PROMISE_LEAKS;
});

/** Pulumi calls it while the resource is constructed. */
const during = (act: () => void) => ({
  transformations: [
    () => {
      act();
      return undefined;
    },
  ],
});

const KINDS: readonly [name: string, make: (options: ReturnType<typeof during>) => unknown][] = [
  ["a resource", (options) => new ZoneDnssec("it", { zoneId: ids.zoneId }, options)],
  [
    "a component",
    (options) => new SecondaryZone("it", { ...zoneArgs, tsig: { name: "cf.example." } }, options),
  ],
];

describe.each(KINDS)("while %s is constructed", (_kind, make) => {
  test("stacks have no frames", () => {
    const limits: number[] = [];
    make(during(() => void limits.push(Error.stackTraceLimit)));
    expect(limits[0]).toBe(0);
  });

  test("they have, for whoever looks for promises that leak", () => {
    process.env.PULUMI_DEBUG_PROMISE_LEAKS = "true";
    const limits: number[] = [];
    make(during(() => void limits.push(Error.stackTraceLimit)));
    expect(limits[0]).toBe(LIMIT);
  });

  test("an error that is thrown gets its stack back", () => {
    const fail = () =>
      make(
        during(() => {
          throw new Error("no");
        }),
      );
    expect(fail).toThrow("no");
    try {
      fail();
    } catch (error) {
      expect(error instanceof Error && error.stack).toContain("stack-traces.test.ts");
    }
  });
});
