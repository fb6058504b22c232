import { decideParent } from "../../provider/chain/decide/decide-parent";
import type { ChainView } from "../../provider/chain/view/chain-view";
import type { Serving } from "../../provider/chain/view/serving";
import { dsOf } from "../../provider/dns/ds";
import {
  cannotBeAsked,
  chain,
  elsewhere,
  HOUR,
  heldUntil,
  key,
  ns1,
  parentWith,
  wasDelegatedHere,
  ZONE,
} from "../support/chain-views";

const off: Serving = { signer: "none", nsec3: false };
const live: Serving = { signer: "cloudflare", nsec3: false };
const both: Serving = { signer: "both", nsec3: false };
const presigned: Serving = { signer: "primary", nsec3: false };

const kinds = (view: ChainView, now: Serving, next: Serving) =>
  decideParent(view, now, next, []).harms.map(({ kind }) => kind);
const withDs = (letters: string) => chain({ parent: parentWith(letters) });
/** Cloudflare shows its DS by one digest type alone. */
const withDs384 = chain({
  parent: parentWith("", { now: { ds: [dsOf(ZONE, key("c"), 4)], ttl: HOUR } }),
});
const unknown = chain({ parent: cannotBeAsked });

test.each<[what: string, view: ChainView, now: Serving, next: Serving]>([
  ["the first signing, without a DS", withDs(""), off, presigned],
  ["the first signing, with the DS of what will sign", withDs("a"), off, presigned],
  ["the same, with the DS of another key beside it", withDs("ab"), off, presigned],
  ["from one signer to the other, without a DS", withDs(""), presigned, live],
  ["from a signer that no DS names to the one that it names", withDs("c"), presigned, live],
  ["no change of the signer, with its DS", withDs("a"), presigned, presigned],
  ["the first signing by Cloudflare, with a DS of its key by another digest type", withDs384, off, live],
  ["an end of signing, without a DS", withDs(""), live, off],
  ["the first signing, where the parent cannot be queried", unknown, off, presigned],
  ["no change of the signer, where it cannot be queried", unknown, live, live],
])("lets through %s", (_what, view, now, next) => {
  expect(kinds(view, now, next)).toEqual([]);
});

test.each<[what: string, view: ChainView, now: Serving, next: Serving]>([
  ["the first signing, with a DS of another key", withDs("b"), off, presigned],
  ["an end of signing, with a DS", withDs("c"), live, off],
  ["from the signer that the DS names to another", withDs("a"), presigned, live],
  // Resolvers hold keys of the one and signatures of the other, though both have a DS.
  ["the same, with a DS of both", withDs("ac"), presigned, live],
  ["from multi-signer, whose others nobody looks at", withDs("c"), both, live],
])("refuses %s", (_what, view, now, next) => {
  expect(kinds(view, now, next)).toEqual(["ds"]);
});

const registered = (letters: string, view: Partial<ChainView> = {}) =>
  chain({ ...view, registered: { kind: "seen", ds: parentWith(letters).now.ds } });

test("a DS that the registrar has taken counts though the parent does not show it yet", () => {
  expect(kinds(registered("c"), live, presigned)).toEqual(["ds on its way"]);
  expect(kinds(registered("a"), live, presigned)).toEqual([]);
  expect(kinds(registered("c", { parent: parentWith("c") }), live, live)).toEqual([]);
  // Where it has come, it is at the parent.
  expect(kinds(registered("c", { parent: parentWith("c") }), live, presigned)).toEqual(["ds"]);
});

test("a registrar that does not say counts as one with a DS, where another is to sign", () => {
  const silent = chain({ registered: { kind: "unknown", why: "HTTP 500" } });
  expect(kinds(silent, live, presigned)).toEqual(["registrar unknown"]);
  expect(kinds(silent, live, live)).toEqual([]);
  expect(kinds(silent, off, live)).toEqual([]);
});

test("a parent that cannot be queried counts as one with a DS", () => {
  expect(kinds(unknown, live, off)).toEqual(["parent unknown"]);
  expect(kinds(unknown, presigned, live)).toEqual(["parent unknown"]);
});

test("a DS that has gone, and that resolvers hold, counts until they forget it", () => {
  const { harms } = decideParent(chain({ held: [heldUntil("c", 5_000)] }), live, off, []);
  expect(harms).toMatchObject([{ kind: "ds", heldUntil: 5_000, ttl: HOUR, keyTtl: HOUR }]);
});

test("keys that resolvers cannot know are refused with a DS, and without one let through", () => {
  const withKeys = (view: ChainView) => decideParent(view, presigned, presigned, [ns1]).harms;
  expect(withKeys(withDs("a"))).toEqual([{ kind: "other keys", primary: ns1, isSecure: true }]);
  expect(withKeys(withDs(""))).toEqual([]);
  expect(withKeys(unknown)).toMatchObject([{ kind: "parent unknown" }]);
});

describe("a zone that is delegated elsewhere", () => {
  const away = (more: Partial<ChainView>) => chain({ parent: parentWith("c", elsewhere), ...more });

  test("is only warned of", () => {
    const { harms, cautions } = decideParent(away({}), live, off, []);
    expect(harms).toEqual([]);
    expect(cautions).toMatchObject([{ kind: "not delegated", harm: { kind: "ds" } }]);
  });

  test("counts as delegated to Cloudflare for as long as resolvers hold that", () => {
    const { harms } = decideParent(away({ delegations: [wasDelegatedHere] }), live, off, []);
    expect(harms).toMatchObject([
      { kind: "delegation held", harm: { kind: "ds" }, until: 1_000_000 + HOUR * 1_000 },
    ]);
  });

  test("counts as delegated to Cloudflare where a resolver alone says otherwise, which may hold an old delegation", () => {
    const byResolver = parentWith("c", { ...elsewhere, source: "resolver" });
    const { harms, cautions } = decideParent(chain({ parent: byResolver }), live, off, []);
    expect(harms).toMatchObject([{ kind: "ds" }]);
    expect(cautions).toContainEqual({
      kind: "delegation by resolver",
      delegation: elsewhere.delegation.hosts,
    });
  });

  test("counts as delegated to Cloudflare where the token may not read the zone's name servers", () => {
    expect(kinds(away({ nameServers: [] }), live, off)).toEqual(["ds"]);
  });

  test("is known by one name server, however it is written", () => {
    const delegation = { hosts: ["NS1.cloudflare.test.", "ns1.elsewhere.test"], ttl: HOUR };
    const view = chain({ parent: parentWith("c", { delegation }), nameServers: ["ns1.Cloudflare.test"] });
    expect(kinds(view, live, off)).toEqual(["ds"]);
  });
});

test("what a resolver alone tells of the parent is told as that", () => {
  const view = chain({ parent: parentWith("", { source: "resolver" }) });
  expect(decideParent(view, live, off, [])).toEqual({
    harms: [],
    cautions: [{ kind: "parent by resolver" }],
  });
});
