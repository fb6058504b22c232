import { DsHistory } from "../support/lab/ds-history";
import type { Outcome, Seen } from "../support/lab/round";
import { judge } from "../support/lab/verdict";

const TTL = 2;
const DS = "1 13 2 AA";

function answer(second: number, outcome: Outcome, isAuthentic: boolean): Seen {
  const at = second * 1_000;
  return { what: "one: zone SOA", asked: at, answered: at + 5, outcome, isAuthentic };
}

/** DS sets by the second in which each came, each after half a second of work. */
async function historyOf(...changes: readonly (readonly [second: number, ds: readonly string[]])[]) {
  let time = 0;
  const history = new DsHistory(() => time);
  for (const [second, ds] of changes) {
    time = second * 1_000;
    await history.record(ds, async () => {
      time += 500;
    });
  }
  return history;
}

test("every answer but the right one is a fault, with its time", async () => {
  const outcomes = ["expected", "SERVFAIL", "REFUSED", "no response", "another answer"] as const;
  const seen = outcomes.map((outcome, second) => answer(second, outcome, false));
  expect(judge(seen, await historyOf(), TTL)).toEqual({
    questions: 5,
    faults: [
      "00:00:01.000 one: zone SOA: SERVFAIL",
      "00:00:02.000 one: zone SOA: REFUSED",
      "00:00:03.000 one: zone SOA: no response",
      "00:00:04.000 one: zone SOA: another answer",
    ],
    notValidated: [],
    validated: 0,
  });
});

describe("an answer without AD", () => {
  const at = (second: number) => [answer(second, "expected", false)];
  const late = ["00:00:20.000 one: zone SOA: no AD"];

  test.each([
    ["no DS has ever stood", [], []],
    ["the DS came so lately that its absence may be remembered", [[18, [DS]]], []],
    ["the DS came so lately that an answer from before may be remembered", [[15, [DS]]], []],
    ["the DS came before any answer that may be remembered", [[14, [DS]]], late],
    [
      "the DS was withdrawn before it",
      [
        [1, [DS]],
        [19, []],
      ],
      [],
    ],
    [
      "the DS was being withdrawn",
      [
        [1, [DS]],
        [20, []],
      ],
      [],
    ],
    ["a DS had stood for long", [[1, [DS]]], late],
    [
      "one DS had replaced another",
      [
        [1, [DS]],
        [19, ["2 13 2 BB"]],
      ],
      late,
    ],
    [
      "the DS was withdrawn only after it",
      [
        [1, [DS]],
        [21, []],
      ],
      late,
    ],
  ] as const)("when %s", async (_when, changes, wanted) => {
    const { notValidated } = judge(at(20), await historyOf(...changes), TTL);
    expect(notValidated).toEqual(wanted);
  });
});

test("an answer with AD is counted, whatever the parent has", async () => {
  const verdict = judge([answer(20, "expected", true)], await historyOf(), TTL);
  expect(verdict).toMatchObject({ validated: 1, faults: [], notValidated: [] });
});
