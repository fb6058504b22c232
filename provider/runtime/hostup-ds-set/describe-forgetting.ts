import { howToForce } from "../../chain/force";
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
      `DS ${ds.map(rdataOf).join(" and ")} of ${zoneName} stays published: what the parent has could not be seen, so neither could what would be left there: ${forgetting.why}.`,
      NAME_A_RESOLVER,
      howToForce(zoneName),
    ].join("\n");
  if (forgetting.kind === "not shown")
    return [
      `DS ${ds.map(rdataOf).join(" and ")} of ${zoneName} stays published for now: HostUp has it, and after ${waitForRemoval} s (waitForRemoval) the parent does not. Withdrawn now, it could still come there, when nothing signs for it any more.`,
      `Next: run the command again when the parent has it (dig ${zoneName} DS). Should the registry have refused it, or have taken it out by itself:`,
      howToForce(zoneName),
    ].join("\n");
  if (forgetting.kind === "not noted")
    return [
      `DS ${ds.map(rdataOf).join(" and ")} of ${zoneName} stays published for now: once withdrawn, resolvers may hold it for ${forgetting.seconds} s, longer than waitForRemoval (${waitForRemoval} s), and the state does not know of it yet.`,
      'Next: run "pulumi refresh", which notes it, and the command again.',
      howToForce(zoneName),
    ].join("\n");
  const records = ds.length > 0 ? ds : (forgetting.memory?.ds ?? []).flatMap((set) => set.ds);
  const withdrawn = `DS ${records.map(rdataOf).join(" and ")} of ${zoneName} is withdrawn at HostUp, and nothing else is changed yet: the zone is served as it was.`;
  return [withdrawn, ...whatIsLeft(forgetting, waitForRemoval, isNoted), howToForce(zoneName)].join("\n");
}

function whatIsLeft(
  forgetting: Exclude<Withdrawn, { kind: "forgotten" | "not noted" | "not shown" | "not looked" }>,
  waitForRemoval: number,
  isNoted: boolean,
): string[] {
  switch (forgetting.kind) {
    case "held": {
      const time = new Date(forgetting.until).toISOString();
      const note = isNoted ? "" : '"pulumi refresh" now, which notes the time, and ';
      return [
        `  Resolvers may hold the DS, and the keys that they trust by it, until ${time}: longer than waitForRemoval (${waitForRemoval} s).`,
        `Next: run ${note}the command again after ${time}.`,
      ];
    }
    case "still there":
      return [
        `  After ${waitForRemoval} s (waitForRemoval) the parent still has it.`,
        "Next: run the command again when the registry has taken it out. One that reads CDS (.se, .nu and others) puts it back until the primary withdraws its CDS.",
      ];
    case "parent unknown":
      return [`  Whether the parent has taken it out could not be seen: ${forgetting.why}.`, NAME_A_RESOLVER];
  }
}
