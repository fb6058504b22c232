import { NO_ANSWER } from "./judge";
import type { Run } from "./stack";
import type { Step } from "./steps";

/** What came of a step. */
export interface Outcome {
  readonly step: Step;
  readonly run?: Run;
  /** What some resolver does not get: before the step, and after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Whether nobody who validates had any answer before it. */
  readonly wasBogus: boolean;
  /** Whether some resolver can hold a DS. */
  readonly isSecure: boolean;
  /** Whether nobody but the program has changed anything since the program last did. */
  readonly isOfProgram: boolean;
}

/**
 * What a step did to the zone that is laid to the package; `undefined`: nothing. Judged is each run of the program,
 * whether it ends well, refused or failed, and each passing of time after one that has changed something and that nobody
 * else has acted since: no answer may be lost by it, or become bogus for some resolver, that was there before. So in a zone
 * that is well nothing may break, and in one that somebody has darkened at a server, at the registrar or in the console
 * nothing may become worse. What people do there is not judged. Of a zone that gives no answer, or none that
 * validates for anybody, none can become bogus.
 */
export function faultOf({ step, run, before, after, wasBogus, isOfProgram }: Outcome): string | undefined {
  const isJudged = run !== undefined || (step.who === "time" && isOfProgram);
  const isDark = wasBogus || before.some(isMissing);
  const lost = after.filter((each) => !before.includes(each) && (!isDark || isMissing(each)));
  if (!isJudged || lost.length === 0) return undefined;
  return `${JSON.stringify(step)}${run ? ` (${run.outcome})` : ""}: ${lost.join("; ")}`;
}

function isMissing(fault: string): boolean {
  return fault.startsWith(NO_ANSWER);
}

export function describeOutcome({ step, run, after }: Outcome): string {
  const ran = run ? ` -> ${run.outcome} ${run.resource ?? ""} ${run.message ?? ""}` : "";
  return `${new Date().toISOString()} ${JSON.stringify(step)}${ran.trimEnd()} [${after.join("; ") || "well"}]`;
}
