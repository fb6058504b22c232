import { z } from "zod";
import { type HostupClient, unlessGone } from "./client";

/** https://developer.hostup.se/endpoints/domain-services/get-v2-domains-id-nameservers */
const delegation = z.object({
  nameservers: z.array(z.string()),
  /** Whether a change of them now would pause automatic DNSSEC. */
  dnssecAutoWillBeBlocked: z.boolean().nullish(),
});
export type Delegation = z.output<typeof delegation>;

/** `undefined`: the account has no such domain. */
export function getDelegation(client: HostupClient, domainId: string): Promise<Delegation | undefined> {
  return unlessGone(
    client.call({
      operation: `read the name servers of domain ${domainId}`,
      method: "GET",
      path: ["domains", domainId, "nameservers"],
      result: delegation,
      permission: "read:domains",
    }),
  );
}
