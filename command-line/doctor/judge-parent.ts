import { isSameSet, setsOf } from "../../provider/chain/view/parent-view";
import { delegationAdvice, hostOf, otherHosts } from "./delegation";
import { type Found, ok, warning } from "./finding";
import { judgeDs, listOf } from "./judge-ds";
import { judgeNameServers } from "./judge-name-servers";
import { judgeOtherServers } from "./judge-other-servers";
import type { Seen } from "./seen";

/** What the parent says of the zone: who serves it, and which keys validators are to trust. */
export function judgeParent(seen: Seen): readonly Found[] {
  const { parent } = seen.chain;
  if (parent.kind === "unknown")
    return [
      warning(
        "parent-not-asked",
        `The delegation and DS of ${seen.zoneName} at its parent could not be read: ${parent.why}.`,
        "name a resolver that can be asked (secondary-dns:resolver or SECONDARY_DNS_RESOLVER).",
      ),
    ];
  const delegation = parent.delegation?.hosts;
  const found = [
    ...delegationFindings(seen, delegation),
    ...judgeNameServers(seen, delegation ?? []),
    ...judgeOtherServers(seen),
    ...judgeDs(seen, setsOf(parent)),
  ];
  const held = parent.byResolver;
  if (held.ds.length > 0 && !isSameSet(held.ds, parent.now.ds))
    found.push(
      warning(
        "ds-cached",
        `Resolvers may still have another DS of ${seen.zoneName} cached than the parent has now: ${listOf(held.ds)} for ${held.ttl} s.`,
        "keep the keys of both until that time has passed.",
      ),
    );
  if (found.length > 0) return found;
  const ds =
    parent.now.ds.length === 0
      ? "no DS, as it should be for an unsigned zone"
      : `DS ${listOf(parent.now.ds)}`;
  const others = otherHosts(seen.chain).map((host) => ` and ${host}`);
  return [
    ok("parent-ok", `The parent delegates ${seen.zoneName} to Cloudflare${others.join("")} and has ${ds}.`),
  ];
}

function delegationFindings(seen: Seen, delegation: readonly string[] | undefined): Found[] {
  const { zoneName, chain } = seen;
  const own = chain.nameServers.map(hostOf);
  if (own.length === 0) return [];
  const next = delegationAdvice(seen);
  if (delegation === undefined)
    return [warning("not-delegated", `The parent of ${zoneName} does not delegate it to anybody.`, next)];
  const hosts = delegation.map(hostOf);
  const missing = own.filter((host) => !hosts.includes(host));
  if (missing.length === own.length)
    return [
      warning(
        "not-delegated",
        `${zoneName} is not delegated to Cloudflare but to ${hosts.join(", ")}, so resolvers do not use the servers that are checked here.`,
        next,
      ),
    ];
  if (missing.length === 0) return [];
  const others = otherHosts(chain);
  return [
    warning(
      "partly-delegated",
      `The delegation of ${zoneName} lacks ${missing.join(", ")}, which Cloudflare has for it${others.length > 0 ? `, and names ${others.join(", ")}, which ${others.length === 1 ? "is" : "are"} not Cloudflare's` : ""}.`,
      next,
    ),
  ];
}
