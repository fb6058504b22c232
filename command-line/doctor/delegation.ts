import type { ChainView } from "../../provider/chain/view/chain-view";
import { withoutDot } from "../../provider/dns/domain-name";
import { isSilent } from "./judge-secondary";
import type { Seen } from "./seen";

/** A host of an NS record, for comparison. */
export function hostOf(host: string): string {
  return withoutDot(host.toLowerCase());
}

/** The name servers that the parent names beside Cloudflare's, of a zone that is delegated to Cloudflare. */
export function otherHosts({ parent, nameServers }: Pick<ChainView, "parent" | "nameServers">): string[] {
  const own = nameServers.map(hostOf);
  const delegated = parent.kind === "seen" ? (parent.delegation?.hosts ?? []).map(hostOf) : [];
  const others = delegated.filter((host) => !own.includes(host));
  return others.length < delegated.length ? others : [];
}

/** To name servers that do not serve the zone it would be delegated into the dark. */
export function delegationAdvice({ zoneName, chain, nameServers }: Seen): string {
  const to = chain.nameServers.map(hostOf).join(", ") || "Cloudflare's name servers";
  const isRefused = nameServers.some((each) => !each.view.ok && !isSilent(each));
  if (!isRefused) return `delegate ${zoneName} at the registrar to ${to}.`;
  return `fix first what is found at Cloudflare: its name servers do not answer for ${zoneName}. Once they do, delegate it at the registrar to ${to}.`;
}
