import { z } from "zod";
import { type Acl, type AclContent, accountAcls } from "../../cloudflare/acls";
import { RefusedError } from "../../core/errors";
import { canonicalIpRange, parseIpRange } from "../../dns/ip-range";
import { defineResource } from "../../engine/define-resource";
import { changedInput } from "../../engine/unknown";
import { parseAccountScoped } from "../account-id";
import { accountObjects } from "../account-objects";
import { planCreate } from "../adoption-plan";
import type { Clients } from "../clients";
import * as field from "../fields";

const rangeAllowed =
  "a range in CIDR notation, at most a /24 of IPv4 or a /64 of IPv6, such as 192.0.2.53/32 or 2001:db8::/64";
const SHORTEST_PREFIX = { 4: 24, 6: 64 };

const ipRange = z.string(rangeAllowed).transform((text, ctx) => {
  const range = parseIpRange(text, SHORTEST_PREFIX);
  if (range !== undefined) return range;
  ctx.addIssue({ code: "custom", message: rangeAllowed });
  return z.NEVER;
});

const state = z.object({
  profile: z.string().optional(),
  name: z.string().optional(),
  ipRange: z.string().optional(),
});

const aclAccount = accountObjects({ collection: accountAcls, isEqual });

export function transferAclProvider(clients: Clients) {
  return defineResource({
    fields: {
      accountId: field.accountId,
      name: field.objectName,
      ipRange,
      adopt: field.flag,
      profile: field.profile,
    },
    state,
    connect: clients.cloudflare,

    object: { what: "an ACL", by: [["accountId", "name", "ipRange"]], isAdopted: true },

    replaces(id, _state, news) {
      return changedInput(news, "accountId", parseAccountScoped("TransferAcl", id).accountId);
    },

    async create(client, inputs, { isReplacing, holderOf }) {
      const { accountId, name, adopt } = inputs;
      const account = aclAccount(client, accountId);
      const content = contentOf(inputs);
      const existing = await account.before();
      // From here to `own` nothing may wait, or two resources could take the same one.
      const exact = account.free(existing).filter((acl) => isEqual(acl, content));
      const plan = planCreate({
        what: `ACL "${name}" in account ${accountId}`,
        // One of another range is not adopted: it lets somebody else's NOTIFY through.
        namesakes: exact,
        exact,
        isOurs: false,
        adopt,
        isReplacing,
        holderOf: (acl) => holderOf(`${accountId}/${acl.id}`),
      });
      if (plan.kind === "refuse") throw new RefusedError(plan.reason);
      const acl =
        plan.kind === "take"
          ? account.own(plan.item)
          : await account.create(
              content,
              account.finder(existing, (each) => isEqual(each, content)),
            );
      return { id: `${accountId}/${acl.id}`, outputs: outputsOf(acl) };
    },

    async read(client, id) {
      const { accountId, objectId } = parseAccountScoped("TransferAcl", id);
      const acl = await aclAccount(client, accountId).read(objectId);
      if (acl === undefined) return undefined;
      return { outputs: outputsOf(acl), inputs: { accountId, ...outputsOf(acl) } };
    },

    async update(client, id, { name = "", ipRange = "" }, inputs) {
      const { accountId, objectId } = parseAccountScoped("TransferAcl", id);
      const current = { id: objectId, name, ip_range: ipRange };
      return outputsOf(await aclAccount(client, accountId).bringTo(current, contentOf(inputs)));
    },

    async delete(client, id) {
      const { accountId, objectId } = parseAccountScoped("TransferAcl", id);
      await aclAccount(client, accountId).delete(objectId);
    },
  });
}

function contentOf({ name, ipRange }: { name: string; ipRange: string }): AclContent {
  return { name, ip_range: ipRange };
}

function isEqual({ name, ip_range }: Acl, wanted: AclContent): boolean {
  return name === wanted.name && canonicalIpRange(ip_range) === wanted.ip_range;
}

function outputsOf({ id, name, ip_range }: Acl) {
  return { aclId: id, name, ipRange: canonicalIpRange(ip_range) };
}
