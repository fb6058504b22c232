import { say } from "../../core/call-scope";
import { RefusedError } from "../../core/errors";
import type { SettingsSource } from "../../core/settings";
import { withoutDot } from "../../dns/domain-name";

const FORCE = "SECONDARY_DNS_FORCE";

/** Whether this run is to do for a zone what would take it off the air. From the environment alone: in a program it would be left standing. */
export function isForced(source: SettingsSource, zoneName: string): boolean {
  const names = (source.env(FORCE) ?? "").split(",").map((name) => plain(name));
  return names.includes(plain(zoneName));
}

function plain(name: string): string {
  return withoutDot(name.trim().toLowerCase());
}

export function howToForce(zoneName: string): string {
  return `To force it, for this run only: ${FORCE}=${zoneName}.`;
}

/** Tells what this run does all the same. */
export function tellForced(zoneName: string, why: string): void {
  say(`Forced for ${zoneName} by ${FORCE}. Without it, this run would have stopped: ${why}`);
}

/** Throws what stands in the way, and what to do next; where this run is to do it all the same, tells it instead. */
export function refuseUnlessForced(
  access: { isForced(zoneName: string): boolean },
  zoneName: string,
  { problem, next }: { readonly problem: string; readonly next: string },
): void {
  if (access.isForced(zoneName)) tellForced(zoneName, problem);
  else throw new RefusedError(`${problem}\nNext: ${next}\n${howToForce(zoneName)}`);
}
