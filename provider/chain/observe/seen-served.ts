import type { Result } from "../../dns/failure";
import { pollUntil } from "../../engine/poll";
import { summarizeFailure } from "../../primary/primary-error";
import type { ChainAccess } from "../run/access";
import { tellOnce } from "../run/tell-once";
import type { Serving } from "../view/serving";
import type { ZoneView } from "../view/zone-view";
import type { FoundZone } from "./observe";
import { observeSecondary } from "./observe-secondary";

const SECONDS = 60;

/**
 * Waits until Cloudflare's name servers serve the zone with its signatures; gives back why not. Where they cannot be
 * asked, one line says so.
 */
export async function seenServed(
  access: ChainAccess,
  { zoneName, nameServers }: FoundZone,
  { nsec3 }: Serving,
): Promise<string | undefined> {
  const look = () => observeSecondary(zoneName, nameServers, access.resolvers());
  const isAsked = (views: readonly Result<ZoneView>[]) => views.some(isResponse);
  const { observed, failure } = await pollUntil(await look(), {
    subject: `Cloudflare's name servers to serve ${zoneName} signed`,
    timeoutSeconds: SECONDS,
    look,
    judge: (views) => {
      if (!isAsked(views)) return { kind: "reached" };
      return views.filter(isResponse).every((view) => isServed(view, nsec3))
        ? { kind: "reached" }
        : { kind: "wait" };
    },
  });
  if (!isAsked(observed)) {
    tellOnce(
      access.cloudflare,
      `Not checked: whether Cloudflare's name servers serve ${zoneName}. They cannot be queried from here.`,
    );
    return undefined;
  }
  if (failure === undefined) return undefined;
  const seen = observed.map((view) =>
    view.ok
      ? "No valid signatures came, or NSEC in place of NSEC3 or the reverse."
      : summarizeFailure(view.failure, "name server"),
  );
  return `Cloudflare's name servers do not serve ${zoneName} with its signatures: ${failure}. ${[...new Set(seen)].join(" ")}`;
}

/** Rather than silence on the way. */
export function isResponse(view: Result<ZoneView>): boolean {
  return view.ok || (view.failure.cause.kind !== "unreachable" && view.failure.cause.kind !== "silent");
}

function isServed(view: Result<ZoneView>, nsec3: boolean): boolean {
  if (!view.ok) return false;
  const { isSigned, denial, isDenialSigned } = view.value;
  return isSigned && denial.kind === (nsec3 ? "nsec3" : "nsec") && isDenialSigned !== false;
}
