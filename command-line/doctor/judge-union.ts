import type { ZoneView } from "../../provider/chain/view/zone-view";
import { type Found, fault } from "./finding";
import type { Seen } from "./seen";
import { servingBy } from "./serving";
import { nameWithin, tagsOf } from "./words";

const ZONE_SIGNING = 256;

/** Of a multi-signer zone each side publishes the other's zone-signing keys (RFC 8901 section 2.1.2). */
export function judgeUnion(seen: Seen, name: string, view: ZoneView): Found[] {
  if (servingBy(seen.dnssec).signer !== "both") return [];
  const served = seen.nameServers.flatMap((each) => (each.view.ok ? [each.view.value.dnskeys] : []));
  const [atCloudflare] = served;
  if (atCloudflare === undefined) return [];
  const lacks = (some: ZoneView["dnskeys"], others: ZoneView["dnskeys"]) =>
    others.filter(
      ({ flags, publicKey }) =>
        flags === ZONE_SIGNING && !some.some((key) => key.publicKey.equals(publicKey)),
    );
  const [missingHere, missingThere] = [lacks(view.dnskeys, atCloudflare), lacks(atCloudflare, view.dnskeys)];
  const sides = [
    ...(missingHere.length > 0 ? [`${name} lacks Cloudflare's (${tagsOf(missingHere)})`] : []),
    ...(missingThere.length > 0
      ? [`Cloudflare lacks those of ${nameWithin(name)} (${tagsOf(missingThere)})`]
      : []),
  ];
  if (sides.length === 0) return [];
  return [
    fault(
      "signer-keys-missing",
      `Each signer of ${seen.zoneName} must have the other's zone-signing keys among its DNSKEYs: ${sides.join("; ")}.`,
      "put Cloudflare's key on the primary, as npx pulumi-secondary-dns primary-config shows; Cloudflare gets the primary's with the transfer.",
    ),
  ];
}
