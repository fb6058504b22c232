import * as fc from "fast-check";
import type { DsData } from "../../provider/dns/ds";
import type { DomainDnssec, Gate, ListedDs } from "../../provider/hostup/ds-records";
import { formatId, parseId } from "../../provider/runtime/hostup-ds-record/identity";
import { closedGate, planDs, recordOf, rowsOf } from "../../provider/runtime/hostup-ds-record/plan";

const DIGEST = "5A".repeat(32);
const ds: DsData = { keyTag: 2371, algorithm: 13, digestType: 2, digest: DIGEST };
const other: DsData = { ...ds, keyTag: 1 };
const OPEN: Gate = { allowed: true };
const CLOSED: Gate = { allowed: false, reason: "Locked.", code: "locked" };
const wanted = { ds, domain: "example.se", takesOver: false };

const dnssec = (more: Partial<DomainDnssec> = {}): DomainDnssec => ({
  domainName: "example.se",
  recordType: "DS",
  records: [],
  canAdd: OPEN,
  ...more,
});
const row = (recordId: string | undefined, content = ds): ListedDs => ({ recordId, ds: content });

describe("publishing a DS", () => {
  test.each<[what: string, canAdd: Gate | undefined]>([
    ["the gate is open", OPEN],
    ["HostUp says nothing of a gate", undefined],
  ])("adds it where it is missing and %s", (_what, canAdd) => {
    expect(planDs(dnssec({ canAdd, records: [row("dsr_b", other)] }), wanted)).toEqual({ kind: "add" });
  });

  test("adds nothing while the gate is closed", () => {
    expect(planDs(dnssec({ canAdd: CLOSED }), wanted)).toEqual({ kind: "closed", gate: CLOSED });
  });

  test("takes what is there already, whatever the gate says", () => {
    const current = dnssec({ canAdd: CLOSED, records: [row("dsr_b", other), row("dsr_a")] });
    expect(planDs(current, { ...wanted, takesOver: true })).toEqual({ kind: "take", record: row("dsr_a") });
  });

  test("refuses what is there already when it may not take it over", () => {
    const plan = planDs(dnssec({ records: [row(undefined)] }), wanted);
    expect(plan).toMatchObject({ kind: "refuse", reason: expect.stringContaining("set adopt to true") });
  });

  test.each([
    [5, "RSASHA1"],
    [7, "RSASHA1-NSEC3-SHA1"],
  ])("adds none of algorithm %i, and leaves one that is there", (algorithm, name) => {
    const old: DsData = { ...ds, algorithm };
    const takesOver = true;
    expect(planDs(dnssec(), { ...wanted, ds: old })).toMatchObject({
      kind: "refuse",
      reason: expect.stringContaining(`algorithm ${algorithm} (${name}) may be created any more`),
    });
    const record = row("dsr_a", old);
    expect(planDs(dnssec({ records: [record] }), { ...wanted, ds: old, takesOver })).toEqual({
      kind: "take",
      record,
    });
  });

  test("refuses a registry that takes keys, also with a record there", () => {
    const plan = planDs(dnssec({ recordType: "KEY", records: [row("dsr_a")] }), {
      ...wanted,
      takesOver: true,
    });
    expect(plan).toMatchObject({ kind: "refuse", reason: expect.stringContaining("DNSKEY") });
  });
});

describe("of the records that HostUp lists,", () => {
  test("those of this content are found, and one with an id before one without", () => {
    const records = [row("dsr_b", other), row(undefined), row("dsr_a")];
    expect(rowsOf(records, ds)).toEqual([row(undefined), row("dsr_a")]);
    expect(recordOf(records, ds)).toEqual(row("dsr_a"));
    expect(recordOf([row(undefined)], ds)).toEqual(row(undefined));
    expect(recordOf([row("dsr_b", other)], ds)).toBeUndefined();
  });

  test.each<[part: keyof DsData, value: number | string]>([
    ["keyTag", 1],
    ["algorithm", 15],
    ["digestType", 4],
    ["digest", "00".repeat(32)],
  ])("one of another %s is another", (part, value) => {
    expect(recordOf([row("dsr_a", { ...ds, [part]: value })], ds)).toBeUndefined();
  });
});

describe("a closed gate", () => {
  test.each<[what: string, gate: Omit<Gate, "allowed">, words: string]>([
    ["a reason and a code", { reason: "Locked.", code: "locked" }, '"Locked." (locked)'],
    ["a reason alone", { reason: "Locked." }, '"Locked."'],
    ["a code alone", { reason: null, code: "locked" }, "no reason given (locked)"],
    ["nothing", {}, "no reason given"],
  ])("with %s is told in HostUp's words", (_what, gate, words) => {
    const told = closedGate(ds, "example.se", { allowed: false, ...gate }, true);
    expect(told).toContain(`at the moment: ${words}.\nNext: resolve this at HostUp`);
    expect(told).not.toContain("scopes");
  });

  test("is told apart where the key may not write", () => {
    expect(closedGate(ds, "example.se", CLOSED, false)).toContain(
      '"Locked." (locked).\nNext: give the API key the scopes',
    );
  });
});

test("an id of any record reads back as that record, and no other text does", () => {
  const hex = (length: number) =>
    fc.stringMatching(new RegExp(`^[0-9A-F]{${length}}$`)).filter((text) => text.length === length);
  const identity = fc.record({
    domainId: fc.stringMatching(/^dom_[A-Za-z0-9]{1,26}$/),
    ds: fc.record({
      keyTag: fc.nat({ max: 65_535 }),
      algorithm: fc.nat({ max: 255 }),
      digestType: fc.nat({ max: 255 }),
      digest: fc.oneof(hex(64), hex(96)),
    }),
  });
  fc.assert(fc.property(identity, (given) => expect(parseId(formatId(given))).toEqual(given)));
  fc.assert(
    fc.property(identity, fc.string({ minLength: 1 }), fc.nat(), (given, stray, at) => {
      const id = formatId(given);
      const place = at % (id.length + 1);
      const changed = id.slice(0, place) + stray + id.slice(place);
      let read: string | undefined;
      try {
        read = formatId(parseId(changed));
      } catch {
        return;
      }
      expect(read).toBe(changed);
    }),
  );
});
