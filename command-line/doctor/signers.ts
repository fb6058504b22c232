import type { PrimaryView } from "../../provider/chain/view/chain-view";
import { type Dnskey, isRevoked } from "../../provider/dns/ds";
import type { Seen } from "./seen";
import { servingBy } from "./serving";

/** Who signs the keys of the zone at one place. */
export interface SignersAt {
  /** As a sentence goes on with it. */
  readonly where: string;
  /** `undefined`: at Cloudflare. */
  readonly primary: PrimaryView | undefined;
  readonly keys: readonly Dnskey[];
  /** Those that a DS may lead to. */
  readonly trusted: readonly Dnskey[];
}

/** At each place that a resolver is answered from or that Cloudflare transfers from. */
export function signersOf({ chain, nameServers, dnssec }: Seen): readonly SignersAt[] {
  const { signer } = servingBy(dnssec);
  const served = nameServers.flatMap(({ server, view }) =>
    view.ok ? [{ where: `at ${server.name}`, primary: undefined, keys: view.value.signers }] : [],
  );
  const primaries = chain.primaries.flatMap((primary) =>
    primary.view.ok
      ? [{ where: `at the primary ${primary.primary.address}`, primary, keys: primary.view.value.signers }]
      : [],
  );
  const all = [...served.slice(0, 1), ...(signer === "cloudflare" ? [] : primaries)];
  // Without a signature that verifies there is another fault, told where it is.
  return all
    .filter(({ keys }) => keys.length > 0)
    .map((each) => ({ ...each, trusted: each.keys.filter((key) => !isRevoked(key)) }));
}
