import type { ChainView } from "../../provider/chain/view/chain-view";
import { withoutDot } from "../../provider/dns/domain-name";

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
