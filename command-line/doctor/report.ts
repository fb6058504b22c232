import { printable } from "../../provider/core/foreign-text";
import type { Finding, Verdict } from "./finding";
import { picture } from "./picture";
import type { Seen } from "./seen";

/** For people: the picture, a line for each finding with what to do under it, and the count. */
export function textReport(seen: Seen, findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ verdict, text, next = [] }) => [
    `${verdict.padEnd(8)} ${text}`,
    ...next.map((line, at) => (at === 0 ? `${INDENT}Next: ${line}` : `${INDENT}${line}`)),
  ]);
  const head = `${seen.zoneName} at ${new Date(seen.now).toISOString().slice(0, 19)}Z`;
  return printable([head, "", picture(seen, findings), "", ...lines, "", summaryOf(findings), ""].join("\n"));
}

const INDENT = " ".repeat(9);

/** For programs: no secret is in it. */
export function jsonReport(seen: Seen, findings: readonly Finding[]): string {
  const report = {
    zone: seen.zoneName,
    at: new Date(seen.now).toISOString(),
    verdict: worstOf(findings),
    findings: findings.map(({ place, code, verdict, text, next = [] }) => ({
      place,
      code,
      verdict,
      text: printable(text),
      next: next.map(printable),
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

export function worstOf(findings: readonly Finding[]): Verdict {
  return (
    (["fault", "warning"] as const).find((each) => findings.some(({ verdict }) => verdict === each)) ?? "ok"
  );
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (verdict: Verdict) => findings.filter((each) => each.verdict === verdict).length;
  const [faults, warnings] = [count("fault"), count("warning")];
  if (faults + warnings === 0) return "Healthy: nothing found.";
  const parts = [
    ...(faults > 0 ? [`${faults} ${faults === 1 ? "fault" : "faults"}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`] : []),
  ];
  return `${parts.join(", ")}.`;
}
