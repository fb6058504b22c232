import { decideTransfer, type Transfer } from "../../provider/chain/decide/decide";
import type { ChainView } from "../../provider/chain/view/chain-view";
import type { Serving } from "../../provider/chain/view/serving";
import {
  chain,
  elsewhere,
  key,
  parentWith,
  refusesKey,
  serves,
  signedBy,
  silent,
  UNSIGNED,
} from "../support/chain-views";

const unsigned: Serving = { signer: "none", nsec3: false };
const presigned: Serving = { signer: "primary", nsec3: false };
const moving: Transfer = { isMoving: true, served: 7 };
const staying: Transfer = { isMoving: false, served: 7 };

const kinds = (view: ChainView, serving: Serving, transfer: Transfer) =>
  decideTransfer(view, serving, transfer).harms.map(({ kind }) => kind);
const from = (...primaries: ChainView["primaries"]) => chain({ primaries });

test.each<[what: string, view: ChainView, serving: Serving, harms: string[]]>([
  ["an unsigned zone, unsigned", from(serves(UNSIGNED)), unsigned, []],
  ["a presigned zone, unsigned", from(serves(UNSIGNED)), presigned, ["unsigned"]],
  ["a presigned zone with the same keys", from(serves(signedBy("a"))), presigned, []],
  ["a presigned zone with other keys", from(serves(signedBy("b"))), presigned, ["other keys"]],
  ["an older serial", from(serves({ ...UNSIGNED, serial: 6 })), unsigned, ["older serial"]],
  ["no zone at all, for want of the key", from(refusesKey), unsigned, ["no transfer"]],
])("a zone that moves to a primary which has %s", (_what, view, serving, harms) => {
  expect(kinds(view, serving, moving)).toEqual(harms);
});

test("of a primary that cannot be reached from here nothing is known", () => {
  const { harms, cautions } = decideTransfer(from(silent), presigned, moving);
  expect(harms).toEqual([]);
  expect(cautions).toMatchObject([{ kind: "primary not asked" }]);
});

test("an older serial at one of two primaries is not in the way", () => {
  const view = from(serves({ ...UNSIGNED, serial: 6 }), serves({ ...UNSIGNED, serial: 8 }));
  expect(kinds(view, unsigned, moving)).toEqual([]);
});

test("primaries that stay may have an older serial: nothing is transferred then", () => {
  expect(kinds(from(serves({ ...UNSIGNED, serial: 6 })), unsigned, staying)).toEqual([]);
});

test("a presigned zone is not asked for again when it has lost its signatures", () => {
  expect(kinds(from(serves(UNSIGNED)), presigned, staying)).toEqual(["unsigned"]);
});

describe("where the parent cannot be queried, a presigned zone", () => {
  const asked = (secondary: ChainView["secondary"]) => ({
    ...from(serves(signedBy("a"))),
    parent: { kind: "unknown", why: "no answer" } as const,
    secondary,
  });

  test("does not move to a primary whose keys nobody can compare with those that are served", () => {
    expect(kinds(asked([]), presigned, moving)).toEqual(["parent unknown"]);
  });

  test("moves to one that is seen to have the same", () => {
    const { secondary } = from(serves(signedBy("a")));
    expect(kinds(asked(secondary), presigned, moving)).toEqual([]);
  });
});

describe("other keys", () => {
  const withKeys = (parent: ChainView["parent"]) => chain({ primaries: [serves(signedBy("b"))], parent });

  test("at the primaries that a zone has matter with a DS alone", () => {
    expect(kinds(withKeys(parentWith("")), presigned, staying)).toEqual([]);
    expect(kinds(withKeys(parentWith("ab")), presigned, staying)).toEqual(["other keys"]);
  });

  test("at another primary matter without a DS too, which may have gone a moment ago", () => {
    const { harms } = decideTransfer(withKeys(parentWith("")), presigned, moving);
    expect(harms).toMatchObject([{ kind: "other keys", isSecure: false }]);
  });

  test("are only told of a zone that is delegated elsewhere", () => {
    const { harms, cautions } = decideTransfer(withKeys(parentWith("", elsewhere)), presigned, moving);
    expect(harms).toEqual([]);
    expect(cautions).toMatchObject([{ kind: "not delegated", harm: { kind: "other keys" } }]);
  });

  test("are refused where a resolver alone says that it is delegated elsewhere", () => {
    const byResolver = parentWith("", { ...elsewhere, source: "resolver" });
    expect(kinds(withKeys(byResolver), presigned, moving)).toEqual(["other keys"]);
  });

  test("that each side has published beside its own are no others, once both keys are a way in", () => {
    const [a, b] = [key("a"), key("b")];
    const each = [a, key("a", 256), b, key("b", 256)];
    const view = chain({
      primaries: [serves(signedBy("b", { dnskeys: each, signers: [a, b] }))],
      secondary: [{ ok: true, value: signedBy("a", { dnskeys: each, signers: [a, b] }) }],
    });
    expect(kinds(view, presigned, moving)).toEqual([]);
  });
});
