import type { DsHistory } from "./ds-history";
import type { Seen } from "./round";

export interface Verdict {
  readonly questions: number;
  /** Each that was not answered as expected, with its time. */
  readonly faults: readonly string[];
  /** Each that was not validated though a DS stood for as long as a resolver may go by there being none. */
  readonly notValidated: readonly string[];
  readonly validated: number;
}

/**
 * Judges what resolvers said; `ttl` is that of all records, in seconds. A resolver may remember for so long that there is
 * no DS, and for as long again an answer that it took at the last moment of that, as one that needs no validation.
 */
export function judge(seen: readonly Seen[], history: DsHistory, ttl: number): Verdict {
  const isDue = ({ asked, answered }: Seen) => history.stood(asked - (2 * ttl + 1) * 1_000, answered);
  return {
    questions: seen.length,
    faults: seen
      .filter(({ outcome }) => outcome !== "expected")
      .map((one) => `${timeOf(one)} ${one.what}: ${one.outcome}`),
    notValidated: seen
      .filter((one) => one.outcome === "expected" && !one.isAuthentic && isDue(one))
      .map((one) => `${timeOf(one)} ${one.what}: no AD`),
    validated: seen.filter(({ isAuthentic }) => isAuthentic).length,
  };
}

/** What a test that has gone well says at its end. */
export function summaryOf({ questions, validated }: Verdict): string {
  return `${questions} questions, 0 SERVFAIL, 0 REFUSED, ${validated} answers validated, AD on each while a DS stood`;
}

function timeOf({ asked }: Seen): string {
  return new Date(asked).toISOString().slice(11, 23);
}
