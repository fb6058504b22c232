import "../../support/one-realm";
import { publishedDs } from "../../../simulator/hostup/published-ds";
import type { Bag } from "../../support/handlers";
import { useStacks } from "../../support/two-programs";

const CONTENT = { keyTag: 2371, algorithm: 13, digestType: 2, digest: "5A".repeat(32) };
const RDATA = `2371 13 2 ${CONTENT.digest}`;

const { services, stack } = useStacks();

const domain = () => {
  const [first] = services().simulator.domains;
  if (first === undefined) throw new Error("the simulator has no domain");
  return first;
};
const record = (more: Bag = {}) => ({
  kind: "hostupDsRecord" as const,
  inputs: { domainName: domain().name, ...CONTENT, ...more },
});
const byId = (more: Bag = {}) => record({ domainName: undefined, domainId: domain().id, ...more });

const rows = async () => {
  const found = (await services().state()).domains[domain().id];
  expect(found && publishedDs(found)).toHaveLength(Object.keys(found?.dsRecords ?? {}).length);
  return found ? publishedDs(found) : [];
};

test("one content for two domains is two records, whichever way the domains are given", async () => {
  const [, second] = services().simulator.domains;
  const other = { domainId: second?.id, domainName: undefined };
  const program = stack();
  await program.up({ one: byId(), other: record(other) });
  expect(await program.preview({ one: byId(), other: record(other) })).toEqual({ one: [], other: [] });
  expect(await rows()).toEqual([RDATA]);
});

describe("two resources of one DS record", () => {
  test.each([
    ["equal", {}],
    ["with adopt", { adopt: true }],
  ])("are refused at check, %s: only one is made", async (_what, more) => {
    const errors = await stack().failing({ one: record(), other: record(more) });
    expect(Object.keys(errors)).toEqual(["other"]);
    expect(errors.other).toContain('are those of the resource "one" of this program');
    expect(errors.other).toContain("a DS record of a domain belongs to one resource");
    expect(await rows()).toEqual([RDATA]);
  });

  test("whose domain is given in two ways are refused when the second is made, also with adopt", async () => {
    const program = stack();
    await program.up({ one: record() });
    const errors = await program.failing({ one: record(), other: byId({ adopt: true }) });
    expect(errors.other).toContain('is already managed by the resource "one" of this program');
    await program.up({ one: record() });
    expect(await rows()).toEqual([RDATA]);
  });

  test("of different content stand beside each other", async () => {
    const program = stack();
    await program.up({ one: record(), other: record({ keyTag: 1 }) });
    await program.destroy();
    expect(await rows()).toEqual([]);
  });
});

describe("a DS record that only the state has", () => {
  test("is taken by the resource under its new name once a refresh has shown it, and stays published", async () => {
    const program = stack();
    await program.up({ before: record() });
    await program.up({ after: record() }, { refresh: true });
    expect(await rows()).toEqual([RDATA]);
    await program.up({ after: record() });
    await program.destroy();
    expect(await rows()).toEqual([]);
  });

  test("is refused without the refresh, with what to do, and stays published", async () => {
    const program = stack();
    await program.up({ before: record() });
    const errors = await program.failing({ after: record() });
    expect(errors.after).toContain("give it the old name as an alias");
    expect(await rows()).toEqual([RDATA]);
  });

  test("is kept when it is replaced by force, after a refresh or with adopt", async () => {
    const program = stack();
    await program.up({ it: record() });
    await program.up({ it: record() }, { replace: ["it"], refresh: true });
    expect(await rows()).toEqual([RDATA]);
    await program.up({ it: record({ adopt: true }) }, { replace: ["it"] });
    expect(await rows()).toEqual([RDATA]);
  });
});

test("another stack's DS record is not taken without adopt", async () => {
  await stack("one").up({ it: record() });
  const errors = await stack("other").failing({ it: record() });
  expect(errors.it).toContain("set adopt to true to take it over");
  expect(await rows()).toEqual([RDATA]);
});

describe("a DS record whose domain comes to have a DS set", () => {
  const set = (ds = RDATA) => ({
    kind: "hostupDsSet" as const,
    inputs: { domainId: domain().id, ds: `${domain().name}. IN DS ${ds}`, waitForRemoval: 0 },
  });
  const OTHER = "1 13 2";
  let log: jest.SpyInstance;
  beforeEach(() => {
    log = jest.spyOn(console, "log").mockImplementation(() => {});
  });
  afterEach(() => log.mockRestore());

  test.each([false, true])(
    "stays published when it leaves the program in the same run, refreshed: %s",
    async (refresh) => {
      const program = stack();
      await program.up({ record: record() });
      await program.up({ set: set() }, { refresh });
      expect(await rows()).toEqual([RDATA]);
      expect(log.mock.calls.join()).toContain(`DS ${RDATA} of domain ${domain().id} stays published`);
      await program.up({ set: set() });
      expect(await rows()).toEqual([RDATA]);
    },
  );

  test("stays published when it leaves the program in a later run", async () => {
    const program = stack();
    await program.up({ record: record() });
    await program.up({ record: record(), set: set() });
    await program.up({ set: set() });
    expect(await rows()).toEqual([RDATA]);
  });

  test("is withdrawn when the set has another", async () => {
    const program = stack();
    await program.up({ record: record(), other: record({ keyTag: 1 }) });
    await program.up({ other: record({ keyTag: 1 }), set: set() });
    await program.up({ set: set() });
    expect((await rows()).filter((row) => row.startsWith(OTHER))).toEqual([]);
  });

  test("goes with the set when both are destroyed", async () => {
    const program = stack();
    await program.up({ record: record(), set: set() });
    await program.destroy();
    expect(await rows()).toEqual([]);
  });
});
