import { previewWarning } from "../../provider/runtime/zone-dnssec/preview-warning";

const PRESIGNED = {
  status: "active",
  dnssecPresigned: true,
  dnssecUseNsec3: true,
  dnssecMultiSigner: false,
} as const;
const LIVE = { ...PRESIGNED, dnssecPresigned: false };
const OFF = { ...LIVE, status: "disabled" } as const;
const MULTI_SIGNER = { ...LIVE, dnssecMultiSigner: true };

const DS = { keyTag: 34217, algorithm: 13, digestType: 2, digest: "AB".repeat(32) };
const withDs = (flags: object) => ({
  ...flags,
  __zoneName: "example.com.",
  dsAtParent: { records: [DS], since: "2026-01-01T00:00:00.000Z" },
});

describe("where the parent had a DS, a preview warns", () => {
  test("of a change of who signs, and names zone and DS", () => {
    expect(previewWarning(withDs(PRESIGNED), LIVE)).toMatch(
      /^Danger for example\.com: this changes who signs it, and its parent has a DS \(34217 13 2 ABAB/,
    );
    expect(previewWarning(withDs(LIVE), PRESIGNED)).toMatch(/^Danger for /);
    expect(previewWarning(withDs(MULTI_SIGNER), LIVE)).toMatch(/^Danger for /);
  });

  test("of signing that is turned off", () => {
    expect(previewWarning(withDs(PRESIGNED), OFF)).toMatch(/^Danger for /);
    expect(previewWarning(withDs({ ...LIVE, status: "pending" }), OFF)).toMatch(/^Danger for /);
  });

  test("of no other change", () => {
    expect(previewWarning(withDs(PRESIGNED), { ...PRESIGNED, dnssecUseNsec3: false })).toBeUndefined();
    expect(previewWarning(withDs({ ...PRESIGNED, status: "pending" }), PRESIGNED)).toBeUndefined();
    expect(previewWarning(withDs(LIVE), MULTI_SIGNER)).toBeUndefined();
  });
});

test("without a DS that the state knows of, or with flags that are not known yet, a preview says nothing", () => {
  expect(previewWarning({ ...PRESIGNED, __zoneName: "example.com" }, LIVE)).toBeUndefined();
  const { dnssecPresigned: _, ...unknown } = LIVE;
  expect(previewWarning(withDs(PRESIGNED), unknown)).toBeUndefined();
});
