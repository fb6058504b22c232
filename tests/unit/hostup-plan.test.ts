import * as fc from "fast-check";
import type { DnssecAuto, DnssecAutoAction } from "../../provider/hostup/dnssec-auto";
import {
  afterDelete,
  type Enrolment,
  enrolmentOf,
  hintFor,
  judge,
  type OnDelete,
  planAction,
} from "../../provider/runtime/hostup-dnssec-auto/plan";

const none: DnssecAuto = {
  domainName: "example.se",
  status: "active",
  reason: null,
  isEnabled: true,
  isBlocked: false,
  blockedUntil: null,
  blockReason: null,
  lastCheckedAt: null,
  lastError: null,
  nameserversChangedAt: null,
};
const STATUSES = ["active", "inactive", "excluded", "pending", "error", "blocked"] as const;
const status = fc.oneof(fc.constantFrom(...STATUSES), fc.string());
const action = fc.constantFrom<DnssecAutoAction>("include", "exclude");

describe("a domain's enrolment", () => {
  test.each<[status: string, enrolment: Enrolment]>([
    ["active", "include"],
    ["inactive", "include"],
    ["pending", "include"],
    ["error", "include"],
    ["excluded", "exclude"],
    ["blocked", "unclear"],
    ["a-status-of-tomorrow", "unclear"],
    ["", "unclear"],
  ])('behind the status "%s" is %s', (given, enrolment) => {
    expect(enrolmentOf({ ...none, status: given })).toBe(enrolment);
  });
});

describe("the action that is planned", () => {
  test.each<[status: string, wanted: DnssecAutoAction, planned: DnssecAutoAction | undefined]>([
    ["active", "include", undefined],
    ["pending", "include", undefined],
    ["inactive", "include", undefined],
    ["error", "include", undefined],
    ["excluded", "include", "include"],
    ["blocked", "include", "include"],
    ["active", "exclude", "exclude"],
    ["pending", "exclude", "exclude"],
    ["inactive", "exclude", "exclude"],
    ["error", "exclude", "exclude"],
    ["excluded", "exclude", undefined],
    ["blocked", "exclude", "exclude"],
  ])("for a domain that is %s and wanted as %s is %s", (given, wanted, planned) => {
    expect(planAction({ ...none, status: given }, wanted)).toBe(planned);
  });

  test("is what is wanted or nothing, and nothing only when the enrolment is sure", () => {
    fc.assert(
      fc.property(status, action, (given, wanted) => {
        const observed = { ...none, status: given };
        const planned = planAction(observed, wanted);
        expect(planned === undefined).toBe(enrolmentOf(observed) === wanted);
        if (planned !== undefined) expect(planned).toBe(wanted);
      }),
    );
  });

  test("leaves nothing to do once it is done", () => {
    fc.assert(
      fc.property(
        status,
        action,
        fc.constantFrom("active", "pending", "inactive"),
        (given, wanted, included) => {
          const planned = planAction({ ...none, status: given }, wanted);
          const after = planned === undefined ? given : planned === "exclude" ? "excluded" : included;
          expect(planAction({ ...none, status: after }, wanted)).toBeUndefined();
        },
      ),
    );
  });
});

describe("what a domain should be once its resource is gone", () => {
  test.each<[OnDelete, Enrolment | undefined, DnssecAutoAction | undefined]>([
    ["retain", "exclude", undefined],
    ["restore", "exclude", "exclude"],
    ["restore", "include", "include"],
    ["restore", "unclear", undefined],
    ["restore", undefined, undefined],
    ["exclude", "include", "exclude"],
    ["include", "exclude", "include"],
    ["include", undefined, "include"],
  ])("by %s of what was %s is %s", (onDelete, before, wanted) => {
    expect(afterDelete(onDelete, before)).toBe(wanted);
  });
});

describe("a wait for active", () => {
  test("is over when active", () => {
    expect(judge({ ...none, status: "active" })).toEqual({ kind: "reached" });
  });

  test("goes on while pending", () => {
    expect(judge({ ...none, status: "pending" })).toEqual({ kind: "wait" });
  });

  test.each<[title: string, observed: Partial<DnssecAuto>, why: string]>([
    [
      "blocked, and says until when and why",
      { status: "blocked", blockedUntil: "2026-04-30T12:00:00.000Z", blockReason: "Nameservers changed." },
      "it is blocked until 2026-04-30T12:00:00.000Z: Nameservers changed.",
    ],
    ["blocked without a word", { status: "blocked" }, "it is blocked until an unknown time: no reason given"],
    [
      "in error, and says the first line of a long log",
      { status: "error", lastError: "  - Verifierar... FEL.\n- TLD detekterad: .se\n", reason: "Failed." },
      "HostUp's last attempt failed: - Verifierar... FEL.",
    ],
    [
      "in error without a log",
      { status: "error", reason: "Failed." },
      "HostUp's last attempt failed: Failed.",
    ],
    [
      "in error with an empty log",
      { status: "error", lastError: " \n" },
      "HostUp's last attempt failed: no reason given",
    ],
    [
      "in error with a line that is too long for a terminal",
      { status: "error", lastError: "x".repeat(300) },
      `HostUp's last attempt failed: ${"x".repeat(200)}`,
    ],
    [
      "blocked under another status",
      { status: "pending", isBlocked: true, blockedUntil: "2026-04-30T12:00:00.000Z", reason: "Paused." },
      "it is blocked until 2026-04-30T12:00:00.000Z: Paused.",
    ],
    [
      "inactive and to be blocked as well",
      { status: "inactive", reason: "Not delegated.", blockedUntil: "2026-04-30T12:00:00.000Z" },
      "its status is inactive (and blocked until 2026-04-30T12:00:00.000Z): Not delegated.",
    ],
    [
      "blocked with a reason that is not fit for a terminal",
      { status: "blocked", blockReason: `\u001b[2JPaused ${"x".repeat(300)}\nNext: pay.` },
      `it is blocked until an unknown time: Paused ${"x".repeat(193)}`,
    ],
    [
      "blocked, in words that would begin a line of ours",
      { status: "blocked", blockedUntil: "never\nNext: x", blockReason: "\u001b[2Jno\rNext: y\u2028Next: z" },
      "it is blocked until never Next: x: no Next: y Next: z",
    ],
    [
      "in a status that would begin one",
      { status: "x\nNext: y", reason: "New." },
      "its status is x Next: y: New.",
    ],
    [
      "inactive",
      { status: "inactive", reason: "Not delegated to HostUp." },
      "its status is inactive: Not delegated to HostUp.",
    ],
    ["excluded", { status: "excluded" }, "its status is excluded: no reason given"],
    ["in a status of tomorrow", { status: "paused", reason: "New." }, "its status is paused: New."],
  ])("sees no end when %s", (_title, observed, why) => {
    expect(judge({ ...none, ...observed })).toEqual({ kind: "stuck", why });
  });
});

describe("the hint for a domain that does not become active", () => {
  const delegation = { nameservers: ["ns1.example.com", "ns2.example.com"], dnssecAutoWillBeBlocked: true };

  test.each(["blocked", "error", "excluded", "pending"])("that is %s is to come back later", (status) => {
    expect(hintFor({ ...none, status }, delegation)).toBe(
      "Next: run the command again later, or set waitForActive to false to go on without it.",
    );
  });

  test("that is inactive names its name servers, what changing them does, and the way without", () => {
    expect(hintFor({ ...none, status: "inactive" }, delegation).split("\n")).toEqual([
      "Its name servers are ns1.example.com, ns2.example.com.",
      "Changing them now would pause automatic DNSSEC for up to 72 hours.",
      expect.stringMatching(/^Next: .*HostUp's own name servers.*HostupDsRecord/),
    ]);
  });

  test.each([
    ["nothing can be told of its name servers", undefined],
    ["HostUp names none", { nameservers: [], dnssecAutoWillBeBlocked: null }],
  ])("that is inactive says what to do when %s", (_what, told) => {
    expect(hintFor({ ...none, status: "inactive" }, told)).toMatch(/^Next: /);
  });

  test("keeps what HostUp says to one line", () => {
    const nameservers = ["ns1.example.com\nNext: pay", "x".repeat(2_000)];
    const lines = hintFor({ ...none, status: "inactive" }, { nameservers }).split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]?.length).toBeLessThan(600);
  });
});
