import { decideServing } from "../../provider/chain/decide/decide";
import type { ChainView } from "../../provider/chain/view/chain-view";
import type { Serving } from "../../provider/chain/view/serving";
import {
  cannotBeAsked,
  chain,
  HOUR,
  parentWith,
  SEEN_AT,
  serves,
  signedBy,
  silent,
  UNSIGNED,
} from "../support/chain-views";

const off: Serving = { signer: "none", nsec3: false };
const live: Serving = { signer: "cloudflare", nsec3: false };
const presigned: Serving = { signer: "primary", nsec3: false };
const nsec3: Serving = { signer: "primary", nsec3: true };

const kinds = (view: ChainView, now: Serving, next: Serving) => {
  const { harms, cautions } = decideServing(view, now, next);
  return { harms: harms.map(({ kind }) => kind), cautions: cautions.map(({ kind }) => kind) };
};

const withNsec3 = signedBy("a", { denial: { kind: "nsec3", iterations: 0, saltLength: 0 } });
const denialUnsigned = chain({ primaries: [serves(signedBy("a", { isDenialSigned: false }))] });
const transferUnsigned = chain({ primaries: [{ ...serves(signedBy("a")), isTransferSigned: false }] });
const nobodySeen = chain({ primaries: [silent], secondary: [] });
const secondaryAlone = chain({ primaries: [silent] });

test.each<[what: string, view: ChainView, now: Serving, next: Serving, harms: string[]]>([
  ["over signatures that the primary shows, it is turned on", chain(), off, presigned, []],
  ["not over a zone without them", chain({ primaries: [serves(UNSIGNED)] }), off, presigned, ["unsigned"]],
  ["not with NSEC3 over NSEC", chain(), off, nsec3, ["other denial"]],
  ["not with NSEC over NSEC3", chain({ primaries: [serves(withNsec3)] }), off, presigned, ["other denial"]],
  ["with NSEC3 over NSEC3", chain({ primaries: [serves(withNsec3)] }), off, nsec3, []],
  ["not over names denied without signatures", denialUnsigned, off, presigned, ["denial unsigned"]],
  ["not over a transfer without them", transferUnsigned, off, presigned, ["transfer unsigned"]],
  ["not where nobody has seen signatures", nobodySeen, off, presigned, ["signatures not seen"]],
  ["not by what Cloudflare serves by its own keys", secondaryAlone, live, presigned, ["signatures not seen"]],
  ["it is changed where Cloudflare serves signatures", secondaryAlone, presigned, presigned, []],
  ["not to NSEC3 where it serves NSEC", secondaryAlone, presigned, nsec3, ["signatures not seen"]],
])("presigned: %s", (_what, view, now, next, harms) => {
  expect(kinds(view, now, next).harms).toEqual(harms);
});

test("iterations of NSEC3 are told, and no reason to refuse", () => {
  const iterated = signedBy("a", { denial: { kind: "nsec3", iterations: 5, saltLength: 0 } });
  const view = chain({ primaries: [serves(iterated)] });
  expect(kinds(view, off, nsec3)).toEqual({ harms: [], cautions: ["nsec3 iterations"] });
  expect(kinds(view, off, live)).toEqual({ harms: [], cautions: [] });
});

test("signatures that end before Cloudflare has to check again are told, and no reason to refuse", () => {
  const endsAfter = (seconds: number, refreshSeconds?: number) =>
    chain({
      primaries: [serves(signedBy("a", { expires: SEEN_AT / 1_000 + seconds }))],
      refreshSeconds,
    });
  const soon = { harms: [], cautions: ["signatures end soon"] };
  const none = { harms: [], cautions: [] };
  expect(kinds(endsAfter(HOUR - 1, HOUR), off, presigned)).toEqual(soon);
  expect(kinds(endsAfter(HOUR - 1, HOUR), presigned, presigned)).toEqual(soon);
  expect(kinds(endsAfter(HOUR, HOUR), off, presigned)).toEqual(none);
  expect(kinds(endsAfter(HOUR - 1, HOUR), off, live)).toEqual(none);
  expect(kinds(endsAfter(1), off, presigned)).toEqual(none);
});

test("of two primaries the one that does not sign is in the way, since it may be transferred from", () => {
  const view = chain({ primaries: [serves(signedBy("a")), serves(UNSIGNED)] });
  expect(kinds(view, off, presigned).harms).toEqual(["unsigned"]);
});

test("what could not be asked is told, each of it", () => {
  const view = chain({
    primaries: [serves(signedBy("a")), silent],
    unseen: ["peer 2"],
    parent: cannotBeAsked,
  });
  expect(kinds(view, off, presigned)).toEqual({
    harms: [],
    cautions: ["primary not asked", "primary not asked", "parent not asked"],
  });
});

test("a change between ways of signing that fails at both ends names both", () => {
  const view = chain({ primaries: [serves(UNSIGNED)], parent: parentWith("c") });
  expect(kinds(view, live, presigned).harms).toEqual(["unsigned", "ds"]);
});
