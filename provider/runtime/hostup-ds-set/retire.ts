import { type Knowing, untilKnown } from "../../chain/guard/until-known";
import { observeParent } from "../../chain/observe/parent";
import type { ParentMemory } from "../../chain/view/parent-memory";
import { say } from "../../core/call-scope";
import type { DsData } from "../../dns/ds";
import { rdataOf } from "../../dns/ds-text";
import type { RegistrarAccess } from "../clients";
import { withdraw } from "../hostup-ds-record/withdraw";
import { refuseUnlessSigned } from "./may-publish";
import type { Leaving } from "./withdraw-set";

export interface Retiring {
  readonly isDone: boolean;
  /** Since when the parent is known to have all that is wanted, in milliseconds since 1970. */
  readonly shownSince: number | undefined;
  /** When to go on. */
  readonly due: number | undefined;
}

/** What is wanted at the parent. */
interface Staying {
  readonly ds: readonly DsData[];
  readonly shownSince: number | undefined;
  /** When every resolver has the keys of these, in milliseconds since 1970. */
  readonly usableAt: number;
  /** How long the name servers may take to sign for it, in seconds. */
  readonly signed: number;
}

/**
 * Takes the DS of an old key out once every resolver knows that of the new one, and the new key is seen to sign
 * (RFC 6781 section 4.1.2). Where that is longer than the program waits, the next run goes on.
 */
export async function retire(
  access: RegistrarAccess,
  { domainId, zoneName, ds: obsolete, kept, waitForRemoval: seconds, removable }: Leaving,
  { ds: wanted, shownSince, usableAt, signed }: Staying,
): Promise<Retiring> {
  const knowing: Knowing = access.isForced(zoneName)
    ? { kind: "known", shownSince }
    : await untilKnown(access, {
        zoneName,
        ds: wanted,
        shownSince,
        ttl: longestTtl(kept),
        notBefore: usableAt,
        seconds,
      });
  if (knowing.kind !== "known") {
    const which = obsolete.map(rdataOf).join(" and ");
    say(`DS ${which} of ${zoneName} stays published beside the new one: ${whyNot(knowing)}`);
    const due = knowing.kind === "in caches" ? knowing.until : 0;
    return { isDone: false, shownSince: knowing.shownSince, due };
  }
  // The roll may have been taken back meanwhile.
  const parent = await observeParent(zoneName, access.resolvers());
  await refuseUnlessSigned(access, zoneName, wanted, { parent, seconds: signed });
  for (const ds of obsolete) await withdraw(access.hostup, { domainId, ds }, removable);
  return { isDone: true, shownSince: knowing.shownSince, due: undefined };
}

/** Of what resolvers may hold. */
function longestTtl(kept: ParentMemory | undefined): number {
  return Math.max(0, ...(kept?.ds ?? []).map(({ ttl }) => ttl));
}

function whyNot(knowing: Exclude<Knowing, { kind: "known" }>): string {
  switch (knowing.kind) {
    case "in caches": {
      const time = new Date(knowing.until).toISOString();
      return `some resolvers may have only the old one cached until ${time}. Next: run "pulumi up" after that to withdraw it.`;
    }
    case "not shown":
      return 'the parent does not have the new one yet. Next: run "pulumi up" later, which checks again.';
    case "parent unknown":
      return `it is not known whether the parent has the new one: ${knowing.why}. Next: name a resolver that can be asked (secondary-dns:resolver or SECONDARY_DNS_RESOLVER), then run "pulumi up".`;
  }
}
