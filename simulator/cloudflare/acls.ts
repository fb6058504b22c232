import { z } from "zod";
import type { Acl } from "../state";
import { accountObjectRoutes } from "./account-objects";
import { bodyOf, type CloudflareCall } from "./call";
import { badBody } from "./envelope";
import { CHOSEN } from "./error-codes";
import { canonicalRange } from "./ip-range";

const aclBody = z.strictObject({ name: z.string().min(1, "must not be empty"), ip_range: z.string() });

/** The range is kept canonical, as seen on the service. */
function fieldsOf(call: CloudflareCall): Pick<Acl, "name" | "ip_range"> {
  const { name, ip_range } = bodyOf(call, aclBody);
  const canonical = canonicalRange(ip_range);
  if ("range" in canonical) return { name, ip_range: canonical.range };
  throw badBody([{ kind: "invalid", pointer: "/ip_range", detail: canonical.fault }]);
}

/** https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/acls/ */
export const aclRoutes = accountObjectRoutes<Acl>({
  collection: "acls",
  membersOf: ({ acls }) => acls,
  notFound: CHOSEN.aclNotFound,
  present: ({ accountId: _, ...acl }) => acl,
  create: (call, owned) => ({ ...owned, ...fieldsOf(call) }),
  replace: (call, acl) => void Object.assign(acl, fieldsOf(call)),
});
