import type { Peer, PeerContent } from "../../provider/cloudflare/peers";
import { markedName } from "../../provider/runtime/transfer-peer/mark";
import { planPeer } from "../../provider/runtime/transfer-peer/plan";

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

const OWNER = "urn:pulumi:stack::project::type::peer";
/** As a run of a resource leaves it that was killed between the two calls of a create. */
const halfMade = (id: string, owner: string, accountId = wanted.accountId): Peer =>
  bare(id, markedName({ owner, accountId }));

function plan(existing: readonly Peer[], adopt: boolean): string {
  const made = planPeer(existing, { ...wanted, owner: OWNER, adopt });
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

describe("a peer that was made half-way", () => {
  test.each([false, true])("is taken by its own resource, adopt: %s", (adopt) => {
    expect(plan([halfMade("a", OWNER)], adopt)).toBe("take a");
    expect(plan([equal("a"), halfMade("b", OWNER)], adopt)).toBe("take b");
  });

  test.each<[title: string, peer: Peer]>([
    ["of another resource", halfMade("a", `${OWNER}-2`)],
    ["of the resource in another stack", halfMade("a", OWNER.replace("stack", "other"))],
    ["in another account", halfMade("a", OWNER, "f".repeat(32))],
  ])("is left alone by one %s", (_title, peer) => {
    for (const adopt of [false, true]) expect(plan([peer], adopt)).toBe("create");
  });

  test("is nobody's for a resource that does not say who it is", () => {
    expect(planPeer([halfMade("a", "")], wanted).kind).toBe("create");
  });

  test("has a name that Cloudflare takes, that no other create has, and that tells nothing of the program", () => {
    const names = [1, 2].map(() => markedName({ owner: OWNER, accountId: wanted.accountId }));
    expect(names[0]).not.toBe(names[1]);
    for (const name of names) {
      expect(name).toMatch(/^pulumi-secondary-dns-unfinished-[0-9a-f-]+$/);
      expect(name.length).toBeLessThanOrEqual(80);
      expect(name).not.toContain("project");
    }
  });
});
