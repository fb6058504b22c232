import * as fc from "fast-check";
import { type Dnssec, type DnssecEdit, dnssecStatuses } from "../../provider/cloudflare/dnssec";
import {
  afterDelete,
  beforeOf,
  canDeleteKeys,
  type DnssecBefore,
  type DnssecSettings,
  planEdit,
  settingsOf,
} from "../../provider/runtime/zone-dnssec/plan";

const ON: DnssecSettings = {
  status: "active",
  dnssecPresigned: false,
  dnssecUseNsec3: false,
  dnssecMultiSigner: false,
};
const OFF: DnssecSettings = { ...ON, status: "disabled" };
const CHANGED = "2026-01-01T00:00:00.000Z";

const answer = fc.record(
  {
    status: fc.constantFrom(...dnssecStatuses, null),
    dnssec_presigned: fc.constantFrom(true, false, null),
    dnssec_use_nsec3: fc.constantFrom(true, false, null),
    dnssec_multi_signer: fc.constantFrom(true, false, null),
    modified_on: fc.constantFrom(CHANGED, null),
    ds: fc.constantFrom("example.com. 3600 IN DS 2371 13 2 00", null),
  },
  { requiredKeys: [] },
);
const settings = fc.record({
  status: fc.constantFrom("active" as const, "disabled" as const),
  dnssecPresigned: fc.boolean(),
  dnssecUseNsec3: fc.boolean(),
  dnssecMultiSigner: fc.boolean(),
});

/** What Cloudflare holds after an edit; with a DS at the parent or without. */
function applied(observed: Dnssec, edit: DnssecEdit, hasDs: boolean): Dnssec {
  const status = {
    active: hasDs ? "active" : "pending",
    disabled: hasDs ? "pending-disabled" : "disabled",
  } as const;
  return { ...observed, ...edit, ...(edit.status ? { status: status[edit.status] } : {}) };
}

describe("the settings behind an answer", () => {
  test.each<[Dnssec["status"], DnssecSettings["status"]]>([
    ["active", "active"],
    ["pending", "active"],
    ["disabled", "disabled"],
    ["pending-disabled", "disabled"],
    ["error", "error"],
    [null, "disabled"],
    [undefined, "disabled"],
  ])("have for the status %s the setting %s", (status, setting) => {
    expect(settingsOf({ status }).status).toBe(setting);
  });

  test("take a flag that is absent or null for false", () => {
    expect(settingsOf({ dnssec_presigned: null })).toEqual(OFF);
  });

  test("name the flags as the program does", () => {
    expect(
      settingsOf({
        status: "pending",
        dnssec_presigned: true,
        dnssec_use_nsec3: false,
        dnssec_multi_signer: true,
      }),
    ).toEqual({
      status: "active",
      dnssecPresigned: true,
      dnssecUseNsec3: false,
      dnssecMultiSigner: true,
    });
  });
});

describe("the edit that is planned", () => {
  test.each<[title: string, observed: Dnssec, wanted: DnssecSettings, edit: DnssecEdit | undefined]>([
    ["is none when active is wanted and there", { status: "active" }, ON, undefined],
    ["is none when active is wanted and only the DS is missing", { status: "pending" }, ON, undefined],
    ["is none when disabled is wanted and there", { status: "disabled" }, OFF, undefined],
    [
      "is none when disabled is wanted and the DS still stands",
      { status: "pending-disabled" },
      OFF,
      undefined,
    ],
    ["is none when disabled is wanted of a zone without any field", {}, OFF, undefined],
    ["enables", { status: "disabled" }, ON, { status: "active" }],
    ["enables again what is on its way out", { status: "pending-disabled" }, ON, { status: "active" }],
    ["enables what is in error", { status: "error" }, ON, { status: "active" }],
    ["enables what has no status yet", { status: null }, ON, { status: "active" }],
    ["disables", { status: "active" }, OFF, { status: "disabled" }],
    ["disables what is in error", { status: "error" }, OFF, { status: "disabled" }],
    [
      "sends a flag alone when the status is right",
      { status: "active", dnssec_presigned: false },
      { ...ON, dnssecPresigned: true },
      { dnssec_presigned: true },
    ],
    [
      "switches presigned and NSEC3 in one edit",
      { status: "pending" },
      { ...ON, dnssecPresigned: true, dnssecUseNsec3: true },
      { dnssec_presigned: true, dnssec_use_nsec3: true },
    ],
    [
      "clears flags while it disables",
      { status: "active", dnssec_presigned: true, dnssec_use_nsec3: true },
      OFF,
      { status: "disabled", dnssec_presigned: false, dnssec_use_nsec3: false },
    ],
    [
      "exchanges presigned for multi-signer",
      { status: "active", dnssec_presigned: true },
      { ...ON, dnssecMultiSigner: true },
      { dnssec_presigned: false, dnssec_multi_signer: true },
    ],
    [
      "never asks for the status error, which only a restore could want",
      { status: "active" },
      { ...ON, status: "error", dnssecUseNsec3: true },
      { dnssec_use_nsec3: true },
    ],
  ])("%s", (_title, observed, wanted, edit) => {
    expect(planEdit(observed, wanted)).toStrictEqual(edit);
  });

  test("leads to what is wanted, so that nothing is left to do", () => {
    fc.assert(
      fc.property(answer, settings, fc.boolean(), (observed, wanted, hasDs) => {
        const after = applied(observed, planEdit(observed, wanted) ?? {}, hasDs);
        expect(planEdit(after, wanted)).toBeUndefined();
        expect(settingsOf(after)).toEqual(wanted);
      }),
    );
  });

  test("holds differences only, never null and never nothing", () => {
    fc.assert(
      fc.property(answer, settings, (observed, wanted) => {
        const edit = planEdit(observed, wanted);
        if (edit === undefined) return;
        const is = settingsOf(observed);
        expect(Object.keys(edit).length).toBeGreaterThan(0);
        expect(Object.values(edit)).not.toContain(null);
        expect(Object.values(edit)).not.toContain(undefined);
        if (edit.status !== undefined) expect(edit.status).not.toBe(is.status);
        if ("dnssec_presigned" in edit) expect(edit.dnssec_presigned).toBe(!is.dnssecPresigned);
        if ("dnssec_use_nsec3" in edit) expect(edit.dnssec_use_nsec3).toBe(!is.dnssecUseNsec3);
        if ("dnssec_multi_signer" in edit) expect(edit.dnssec_multi_signer).toBe(!is.dnssecMultiSigner);
      }),
    );
  });

  test("does not depend on whether the parent has the DS", () => {
    const families = fc.constantFrom(
      ["active", "pending"] as const,
      ["disabled", "pending-disabled"] as const,
    );
    fc.assert(
      fc.property(answer, families, settings, (observed, [one, other], wanted) => {
        expect(planEdit({ ...observed, status: one }, wanted)).toEqual(
          planEdit({ ...observed, status: other }, wanted),
        );
      }),
    );
  });
});

describe("what was there before", () => {
  test.each<[title: string, observed: Dnssec, deleted: boolean]>([
    ["a zone that never had DNSSEC counts as deleted", { status: "disabled", modified_on: null }, true],
    ["a zone without any field counts as deleted", {}, true],
    ["a disabled zone keeps its keys", { status: "disabled", modified_on: CHANGED }, false],
    ["a zone on its way out keeps its keys", { status: "pending-disabled", modified_on: CHANGED }, false],
    ["an active zone keeps its keys", { status: "active", modified_on: CHANGED }, false],
    [
      "a pending zone keeps its keys, also when no time is known",
      { status: "pending", modified_on: null },
      false,
    ],
    ["a zone in error keeps its keys", { status: "error", modified_on: null }, false],
  ])("%s", (_title, observed, deleted) => {
    expect(beforeOf(observed)).toEqual({ ...settingsOf(observed), deleted });
  });
});

describe("what a zone should be once its resource is gone", () => {
  const before: DnssecBefore = { ...ON, dnssecMultiSigner: true, deleted: false };

  test("is left alone by retain", () => {
    expect(afterDelete("retain", before)).toBeUndefined();
  });

  test("is off, without flags and with its keys, by disable", () => {
    expect(afterDelete("disable", before)).toEqual({ ...OFF, deleted: false });
  });

  test("is what it was, by restore", () => {
    expect(afterDelete("restore", before)).toEqual(before);
  });

  test("is left alone by restore when nothing is known of before", () => {
    expect(afterDelete("restore", undefined)).toBeUndefined();
  });

  test("is off by disable also when nothing is known of before", () => {
    expect(afterDelete("disable", undefined)).toEqual({ ...OFF, deleted: false });
  });
});

describe("keys can be deleted", () => {
  test.each<[title: string, observed: Dnssec, can: boolean]>([
    ["once disabled", { status: "disabled", modified_on: CHANGED }, true],
    ["not while the parent still has the DS", { status: "pending-disabled", modified_on: CHANGED }, false],
    ["not while active", { status: "active", modified_on: CHANGED }, false],
    ["not while pending", { status: "pending", modified_on: CHANGED }, false],
    ["not in error", { status: "error", modified_on: CHANGED }, false],
    ["not when they are deleted already", { status: "disabled", modified_on: null }, false],
    ["not when nothing is known", {}, false],
  ])("%s", (_title, observed, can) => {
    expect(canDeleteKeys(observed)).toBe(can);
  });
});
