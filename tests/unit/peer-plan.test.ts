import type { Peer, PeerContent } from "../../provider/cloudflare/peers";
import { planPeer } from "../../provider/runtime/peer-plan";

const NAME = "ns0.example.com";
const content: PeerContent = {
  name: NAME,
  ip: "2001:db8::53",
  port: 53,
  ixfr_enable: false,
  tsig_id: "a".repeat(32),
};
const wanted = { accountId: "0123456789abcdef0123456789abcdef", content, adopt: false };

const equal = (id: string, change: Partial<Peer> = {}): Peer => ({ id, ...content, ...change });
const bare = (id: string, name = NAME): Peer => ({ id, name, ip: "", port: 0, tsig_id: "" });

function plan(existing: readonly Peer[], adopt: boolean): string {
  const made = planPeer(existing, { ...wanted, adopt });
  return made.kind === "take" ? `take ${made.item.id}` : made.kind;
}

test.each<[title: string, existing: Peer[], outcome: string]>([
  ["is made where there is none", [], "create"],
  ["is made beside those of other names", [equal("a", { name: "other" }), bare("b", "other")], "create"],
  ["is made beside one of another address", [equal("a", { ip: "2001:db8::54" })], "create"],
  ["is made beside one of another port", [equal("a", { port: 5353 })], "create"],
  ["is made beside one of another key", [equal("a", { tsig_id: "" })], "create"],
  ["is made beside one of other transfers", [equal("a", { ixfr_enable: true })], "create"],
  [
    "is refused beside a name alone, which a killed run may have left",
    [equal("a", { port: 1 }), bare("b")],
    "refuse",
  ],
  ["is refused beside an equal one", [equal("a")], "refuse"],
  [
    "is refused beside an equal one in other spellings",
    [equal("a", { ip: "2001:DB8:0::53", port: 0 })],
    "refuse",
  ],
  [
    "is refused beside an equal one, and leaves the half-made one to another",
    [bare("b"), equal("a")],
    "refuse",
  ],
])("a peer %s", (_title, existing, outcome) => {
  expect(plan(existing, false)).toBe(outcome);
});

test.each<[title: string, existing: Peer[], outcome: string]>([
  ["makes one where there is none", [equal("a", { name: "other" })], "create"],
  ["takes the equal one", [equal("a")], "take a"],
  ["leaves the only one of its name alone when it is different", [equal("a", { port: 5353 })], "create"],
  ["takes of several the equal one", [bare("b"), equal("a"), equal("c", { port: 1 })], "take a"],
  ["takes any of those that have a name alone", [equal("a", { port: 1 }), bare("b"), bare("c")], "take b"],
  ["refuses to choose between equal ones", [equal("a"), equal("b")], "refuse"],
])("to adopt %s", (_title, existing, outcome) => {
  expect(plan(existing, true)).toBe(outcome);
});
