import { hostOf } from "./delegation";
import { type Found, warning } from "./finding";
import type { Seen } from "./seen";

/**
 * Who serves the zone by its own NS set. Resolvers prefer it to the delegation once they have it (RFC 2181 section
 * 5.4.1), so what stands there alone is asked too, and what is missing there is asked less.
 */
export function judgeNameServers(seen: Seen, delegation: readonly string[]): Found[] {
  const { zoneName, chain, nameServers } = seen;
  const own = nameServers.flatMap(({ ownHosts }) =>
    ownHosts === undefined ? [] : [ownHosts.map(hostOf)],
  )[0];
  if (own === undefined) return [];
  const cloudflare = chain.nameServers.map(hostOf);
  const delegated = delegation.map(hostOf);
  if (!cloudflare.some((host) => delegated.includes(host))) {
    // What is delegated elsewhere is on its way here: the old servers may be named too.
    if (cloudflare.some((host) => own.includes(host))) return [];
    return [differ(zoneName, own, cloudflare, "Cloudflare's")];
  }
  // One of Cloudflare's that the parent lacks is told as that.
  const isSame = own.every((host) => delegated.includes(host) || cloudflare.includes(host));
  if (isSame && delegated.every((host) => own.includes(host))) return [];
  return [differ(zoneName, own, delegated, "those of the delegation")];
}

function differ(zoneName: string, own: readonly string[], others: readonly string[], whose: string): Found {
  return warning(
    "name-servers-differ",
    `The NS records in ${zoneName} itself name ${own.join(", ")}, and not ${others.join(", ")}: resolvers prefer them once they have seen them.`,
    `at the primary, make the zone's NS records ${whose}, and raise the serial.`,
  );
}
