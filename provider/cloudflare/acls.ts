import { z } from "zod";
import { canonicalIpRange } from "../dns/ip-range";
import { accountCollection } from "./account-collection";
import { objectId } from "./object-id";

const acl = z.object({ id: objectId, name: z.string(), ip_range: z.string() });

/** Addresses that may send NOTIFY. https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/acls/ */
export type Acl = z.output<typeof acl>;
export type AclContent = Omit<Acl, "id">;

export const accountAcls = accountCollection<Acl, AclContent>({
  collection: "acls",
  called: { one: "ACL", many: "ACLs" },
  item: acl,
  bodyOf: ({ name, ip_range }) => ({ name, ip_range }),
  comparable: ({ name, ip_range }) => ({ name, ip_range: canonicalIpRange(ip_range) }),
});
