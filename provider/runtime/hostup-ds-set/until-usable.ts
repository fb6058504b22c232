import { hasAny, setsOf } from "../../chain/view/parent-view";
import { say } from "../../core/call-scope";
import { rdataOf } from "../../dns/ds-text";
import { waitOut } from "../../engine/poll";
import type { RegistrarAccess } from "../clients";
import type { DomainSet } from "./domain-set";
import type { ParentLook } from "./look-at-parent";

/** Whether a DS may be published, as far as resolvers are concerned. */
export type Usable = { readonly kind: "now" | "waited" } | { readonly kind: "later"; readonly at: number };

/**
 * A resolver that gets the first DS of a zone may hold keys and answers from before it was signed, and they do not
 * validate (RFC 7583 section 3.3.1, RFC 6781 section 4.1.1). Beside a DS that stays at the parent another does no harm; one
 * that HostUp does not list may be on its way out.
 */
export async function untilUsable(
  access: Pick<RegistrarAccess, "isForced">,
  {
    zoneName,
    missing,
    listed,
    waitForRemoval,
  }: Pick<DomainSet, "zoneName" | "missing" | "listed" | "waitForRemoval">,
  { parent, usableAt }: Pick<ParentLook, "parent"> & { readonly usableAt: number },
): Promise<Usable> {
  // A resolver may go by a set that has gone.
  const isStanding =
    parent.kind === "seen" &&
    parent.source === "parent" &&
    setsOf(parent).every(({ ds }) => hasAny(ds, listed));
  const now = Date.now();
  if (isStanding || usableAt <= now || access.isForced(zoneName)) return { kind: "now" };
  if (usableAt > now + waitForRemoval * 1_000) {
    const time = new Date(usableAt).toISOString();
    say(
      `DS ${missing.map(rdataOf).join(" and ")} of ${zoneName} is not published yet: until ${time}, resolvers may have keys and answers cached from before these keys signed the zone, and that is longer than waitForRemoval (${waitForRemoval} s). Next: run "pulumi up" after that to publish it.`,
    );
    return { kind: "later", at: usableAt };
  }
  await waitOut(`resolvers to forget ${zoneName} as it was before it was signed`, usableAt);
  return { kind: "waited" };
}
