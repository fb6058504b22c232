import { strangersIn } from "../../provider/chain/decide/key-carry-over";
import type { ZoneView } from "../../provider/chain/view/zone-view";
import { key, ns1, serves, signedBy, UNSIGNED } from "../support/chain-views";

const isStranger = (next: ZoneView, served: ZoneView, past: "remembered" | "unknown") =>
  strangersIn({ primaries: [serves(next)], secondary: [{ ok: true, value: served }] }, past).includes(ns1);

const [a, b] = [key("a"), key("b")];
const [zskA, zskB] = [key("a", 256), key("b", 256)];
const knowsB = signedBy("a", { beside: [b, zskB] });
const knowsA = signedBy("b", { beside: [a, zskA] });

test.each<[what: string, next: ZoneView, served: ZoneView, isStranger: boolean]>([
  ["the same keys", signedBy("a"), signedBy("a"), false],
  ["other keys", signedBy("b"), signedBy("a"), true],
  [
    "other keys which are published beside the present ones, and not the other way round",
    signedBy("b"),
    knowsB,
    true,
  ],
  [
    "other keys beside which the present ones are published, and not the other way round",
    knowsA,
    signedBy("a"),
    true,
  ],
  ["other keys, each published beside the other's", knowsA, knowsB, false],
  ["other keys than an unsigned zone, which has none", signedBy("b"), UNSIGNED, false],
  ["no signatures, which is another matter", UNSIGNED, signedBy("a"), false],
])("a primary with %s", (_what, next, served, expected) => {
  expect(isStranger(next, served, "remembered")).toBe(expected);
});

test("where the past is not known, each key that is a way in now has to stay one", () => {
  expect(isStranger(knowsA, knowsB, "unknown")).toBe(true);
  const signedByBoth = { ...knowsA, signers: [a, b] };
  expect(isStranger(signedByBoth, knowsB, "unknown")).toBe(false);
});
