import type { Forgetting } from "../../chain/guard/until-forgotten";
import { howToForce } from "../../chain/run/force";
import { rdataOf } from "../../dns/ds-text";
import type { Leaving, Withdrawn } from "./withdraw-set";

const NAME_A_RESOLVER =
  "Next: name a resolver that can be asked (secondary-dns:resolver or SECONDARY_DNS_RESOLVER), then run the command again.";

/** Why the rest has to wait, and what to do; `undefined` when it has not. `isNoted`: the state will know since when. */
export function describeForgetting(
  { zoneName, ds, waitForRemoval }: Pick<Leaving, "zoneName" | "ds" | "waitForRemoval">,
  forgetting: Withdrawn,
  isNoted: boolean,
): string | undefined {
  if (forgetting.kind === "forgotten") return undefined;
  if (forgetting.kind === "not looked")
    return [
      `DS ${ds.map(rdataOf).join(" and ")} of ${zoneName} stays published: the DS set at the parent could not be read, so it is not known what would be left there: ${forgetting.why}.`,
      NAME_A_RESOLVER,
      howToForce(zoneName),
    ].join("\n");
  if (forgetting.kind === "not shown")
    return [
      `DS ${ds.map(rdataOf).join(" and ")} of ${zoneName} stays published for now: HostUp has it, and after ${waitForRemoval} s (waitForRemoval) the parent still does not. If it were withdrawn now, the parent could still publish it later, when nothing signs for it any more.`,
      `Next: run the command again when the parent has it (dig ${zoneName} DS). If the registry has refused or removed it, force the withdrawal as below.`,
      howToForce(zoneName),
    ].join("\n");
  if (forgetting.kind === "not noted")
    return [
      `DS ${ds.map(rdataOf).join(" and ")} of ${zoneName} stays published for now: once withdrawn, it may stay in caches for ${forgetting.seconds} s, longer than waitForRemoval (${waitForRemoval} s), and the state does not record it yet.`,
      'Next: run "pulumi refresh", which records it, then run the command again.',
      howToForce(zoneName),
    ].join("\n");
  const records = recordsOf(ds, forgetting);
  const withdrawn =
    ds.length > 0
      ? `DS ${records} of ${zoneName} is withdrawn at HostUp, and nothing else is changed yet: the zone is served as it was.`
      : `DS ${records} of ${zoneName} was withdrawn at HostUp by an earlier run.`;
  return [withdrawn, ...whatIsLeft(forgetting, waitForRemoval, isNoted), howToForce(zoneName)].join("\n");
}

/** What to say where the zone's signing waits by itself. */
export function describeWithdrawal(
  { zoneName, ds }: Pick<Leaving, "zoneName" | "ds">,
  left: Forgetting,
): string {
  const withdrawn = `DS ${recordsOf(ds, left)} of ${zoneName} is withdrawn at HostUp.`;
  switch (left.kind) {
    case "forgotten":
      return withdrawn;
    case "held":
      return `${withdrawn} Resolvers may have it, and the keys that they trust by it, cached until ${new Date(left.until).toISOString()}: ${zoneName} stays signed until then.`;
    case "still there":
      return `${withdrawn} The parent still has it, and ${zoneName} stays signed. Next: run "pulumi up" when the parent has removed it. A registry that reads CDS (.se, .nu and others) puts it back until the primary withdraws its CDS.`;
    case "parent unknown":
      return `${withdrawn} It is not known whether the parent has removed it: ${left.why}. ${zoneName} stays signed. ${NAME_A_RESOLVER}`;
  }
}

function recordsOf(ds: Leaving["ds"], { memory }: Forgetting): string {
  const records = ds.length > 0 ? ds : (memory?.ds ?? []).flatMap((set) => set.ds);
  return records.map(rdataOf).join(" and ");
}

function whatIsLeft(
  forgetting: Exclude<Withdrawn, { kind: "forgotten" | "not noted" | "not shown" | "not looked" }>,
  waitForRemoval: number,
  isNoted: boolean,
): string[] {
  switch (forgetting.kind) {
    case "held": {
      const time = new Date(forgetting.until).toISOString();
      const note = isNoted ? "" : '"pulumi refresh" now, which records the time, and ';
      return [
        `  Resolvers may have the DS, and the keys that they trust by it, cached until ${time}: longer than waitForRemoval (${waitForRemoval} s).`,
        `Next: run ${note}the command again after ${time}.`,
      ];
    }
    case "still there":
      return [
        `  After ${waitForRemoval} s (waitForRemoval) the parent still has it.`,
        "Next: run the command again when the registry has removed it. A registry that reads CDS (.se, .nu and others) puts it back until the primary withdraws its CDS.",
      ];
    case "parent unknown":
      return [`  It is not known whether the parent has removed it: ${forgetting.why}.`, NAME_A_RESOLVER];
  }
}
