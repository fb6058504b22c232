import { decideParent } from "../../provider/chain/decide/decide-parent";
import { showsAny } from "../../provider/chain/guard/until-forgotten";
import { showsAll } from "../../provider/chain/guard/until-known";
import { observeParent } from "../../provider/chain/observe/parent";
import { seenAtParent } from "../../provider/chain/view/ds-at-parent";
import { heldSets, rememberDs, type SeenDs } from "../../provider/chain/view/ds-memory";
import { setsOf } from "../../provider/chain/view/parent-view";
import type { Serving } from "../../provider/chain/view/serving";
import { CLASS, TYPE } from "../../simulator/dns/codes";
import { decode, encode, FLAG, type ResourceRecord } from "../../simulator/dns/message";
import { parseName } from "../../simulator/dns/name";
import { type DnsServer, startDnsServer } from "../../simulator/dns/server";
import { chain, ds, HOUR, parentWith } from "../support/chain-views";
import { describeAtPort53 } from "../support/signed-domain";

const NOW = 1_000_000_000;
const off: Serving = { signer: "none", nsec3: false };
const live: Serving = { signer: "cloudflare", nsec3: false };

const kept = (letters: string, more: Partial<SeenDs> = {}): SeenDs => ({
  ds: [...letters].map(ds),
  ttl: HOUR,
  keyTtl: HOUR,
  ...more,
});
/** One server has the DS of `first`, others those of `others`, since a change is on its way to them. */
const differing = (first: string, ...others: string[]) =>
  parentWith(first, { others: others.map((letters) => ({ ds: [...letters].map(ds), ttl: HOUR })) });

describe("where the parent's servers differ", () => {
  test("signing does not end before the last of them has dropped the DS", () => {
    const harms = (parent: ReturnType<typeof differing>) =>
      decideParent(chain({ parent }), live, off, []).harms.map(({ kind }) => kind);
    expect(harms(differing(""))).toEqual([]);
    expect(harms(differing("", "c"))).toEqual(["ds"]);
  });

  test("each set has to fit what is served, not all of them together", () => {
    const harms = (parent: ReturnType<typeof differing>) =>
      decideParent(chain({ parent }), live, live, []).harms.map(({ kind }) => kind);
    expect(harms(differing("cb", "c"))).toEqual([]);
    expect(harms(differing("c", "b"))).toEqual(["ds"]);
  });

  test("a DS has not gone while one of them has it, and is not there before all of them do", () => {
    expect(showsAny(differing("", "a"), [ds("a")])).toBe(true);
    expect(showsAny(differing("", "b"), [ds("a")])).toBe(false);
    expect(showsAll(differing("ab", "a"), [ds("b")])).toBe(false);
    expect(showsAll(differing("ab", "b"), [ds("b")])).toBe(true);
  });

  test("the time in caches begins when the last of them has dropped it", () => {
    const byResolver = { ds: [], ttl: 0 };
    const half = rememberDs([kept("a")], { ...differing("", "a"), byResolver }, HOUR, NOW);
    expect(half).toEqual([kept("a")]);
    const later = NOW + 60_000;
    expect(rememberDs(half, parentWith(""), HOUR, later)).toEqual([kept("a", { goneAt: later })]);
    expect(heldSets(half, differing("", "a"), NOW)).toEqual([]);
  });

  test("what any of them has is the output, in whatever order they answer", () => {
    const seen = seenAtParent(undefined, differing("b", "ab"), NOW);
    expect(seen?.records).toHaveLength(2);
    expect(seenAtParent(seen, differing("ab", "b"), NOW + 1)).toEqual(seen);
  });
});

const [RESOLVER, FIRST, SECOND] = ["127.53.9.1", "127.53.9.2", "127.53.9.3"];
const record = (name: string, type: number, rdata: Buffer): ResourceRecord => ({
  name: parseName(name),
  type,
  class: CLASS.IN,
  ttl: HOUR,
  rdata,
});
const dsRecord = (letter: number) =>
  record("child.test", TYPE.DS, Buffer.concat([Buffer.from([0, letter, 13, 2]), Buffer.alloc(32, letter)]));
const nameServer = (name: string) => record("test", TYPE.NS, parseName(name));
const addressOf = (name: string, address: string) =>
  record(name, TYPE.A, Buffer.from(address.split(".").map(Number)));

describeAtPort53("the parent's servers", () => {
  let servers: DnsServer[] = [];
  afterEach(async () => {
    for (const each of servers.splice(0)) await each.close();
  });

  async function serve(address: string, records: readonly ResourceRecord[]): Promise<void> {
    const server = await startDnsServer(
      { address, port: 53 },
      (wire) => {
        const { id, questions } = decode(wire);
        const [asked] = questions;
        const answers = records.filter(({ name, type }) => asked?.type === type && asked.name.equals(name));
        const flags = FLAG.response | FLAG.authoritative;
        return [encode({ id, flags, questions, answers, authority: [], additional: [] })];
      },
      (error) => {
        throw error;
      },
    );
    servers = [...servers, server];
  }

  test.each([
    ["agree", [1], [1], [[1]]],
    ["differ", [1], [1, 2], [[1], [1, 2]]],
    ["differ since one has none", [], [1], [[], [1]]],
  ])("are all asked where they %s", async (_what, first, second, sets) => {
    await serve(RESOLVER, [
      nameServer("ns1.test"),
      nameServer("ns2.test"),
      addressOf("ns1.test", FIRST),
      addressOf("ns2.test", SECOND),
    ]);
    await serve(FIRST, first.map(dsRecord));
    await serve(SECOND, second.map(dsRecord));
    const seen = await observeParent("child.test", [{ name: "resolver", address: RESOLVER, port: 53 }]);
    if (seen.kind !== "seen") throw new Error(seen.why);
    expect(seen.source).toBe("parent");
    expect(setsOf(seen).map((set) => set.ds.map(({ keyTag }) => keyTag))).toEqual(sets);
  });
});
