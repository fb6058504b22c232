import { z } from "zod";
import { checkTsigChange } from "../../chain/guard/check-tsig-change";
import { guardRekeying } from "../../chain/guard/guard-rekeying";
import { identifyZone, requireSecondary } from "../../chain/observe/zone-identity";
import type { CloudflareClient } from "../../cloudflare/client";
import { accountTsigs, type TsigContent, type TsigKey } from "../../cloudflare/tsigs";
import { say } from "../../core/call-scope";
import { RefusedError } from "../../core/errors";
import { Secret } from "../../core/secret";
import { base64Flaw } from "../../dns/base64-flaw";
import { MD5, parseTsigAlgorithm, tsigAlgorithms } from "../../dns/tsig-algorithm";
import { defineResource } from "../../engine/define-resource";
import type { PropertyMap } from "../../engine/property-values";
import { changedInput } from "../../engine/unknown";
import { parseAccountScoped } from "../account-id";
import { accountObjects } from "../account-objects";
import type { Clients } from "../clients";
import * as field from "../fields";
import { describeChange } from "./changed-outside";
import { generateSecret } from "./generated-secret";
import { canonicalAlgorithm, canonicalName, isEqual, planTsig } from "./plan";
import { refusalOfSecond } from "./second-of-a-name";
import { withPeersInUse } from "./tsig-in-use";

const MIN_OCTETS = 16;
const MAX_OCTETS = 256;

const algorithmAllowed = `${tsigAlgorithms.map((name) => `"${name}"`).join(", ")} (RFC 8945 section 6)`;
const secretAllowed = `base64 (RFC 4648) of ${MIN_OCTETS} to ${MAX_OCTETS} bytes on one line, or nothing to have it generated`;

const algo = z
  .string(algorithmAllowed)
  .default("hmac-sha512.")
  .transform((text, ctx) => {
    const algorithm = parseTsigAlgorithm(text);
    if (algorithm !== undefined) return algorithm;
    const md5 = text.toLowerCase().startsWith("hmac-md5")
      ? `; ${MD5} must not be used (RFC 8945 section 6, RFC 6151)`
      : "";
    ctx.addIssue({ code: "custom", message: `${algorithmAllowed}${md5}` });
    return z.NEVER;
  });

/** Stands in the inputs for a generated secret that a refresh found changed. `ignoreChanges` gives it back to check. */
const CHANGED_OUTSIDE = "(changed outside Pulumi)";

const givenSecret = z.string(secretAllowed).superRefine((text, ctx) => {
  const flaw = base64Flaw(text, MIN_OCTETS, MAX_OCTETS);
  if (flaw !== undefined) ctx.addIssue({ code: "custom", message: `${secretAllowed} (${flaw})` });
});

const secret = z.preprocess(
  (value) => (value === CHANGED_OUTSIDE ? undefined : value),
  givenSecret.optional(),
);

const state = z.object({
  profile: z.string().optional(),
  name: z.string().optional(),
  algo: z.string().optional(),
  secret: z
    .string()
    .transform((text) => new Secret(text))
    .optional(),
  revision: z.number().optional(),
  __inputs: z.array(z.string()).optional(),
  /** Set by a refresh that found another secret than the generated one. */
  __drifted: z.boolean().optional(),
});
type State = z.output<typeof state>;

/** The TSIGs of one account. */
export const tsigAccount = accountObjects({ collection: accountTsigs, isEqual });

export function tsigProvider(clients: Clients) {
  return defineResource({
    fields: {
      accountId: field.accountId,
      name: field.domainName(),
      algo,
      secret,
      adopt: field.flag,
      profile: field.profile,
      __owner: field.owner,
    },
    secrets: ["secret"],
    computedInputs: ["secret"],
    state,
    transient: ["__zone"],
    connect: clients.chain,

    object: { what: "a TSIG", by: [["accountId", "name", "secret"]], isAdopted: true },
    checkUpdate: otherKey,

    replaces(id, _state, news) {
      return changedInput(news, "accountId", parseId(id).accountId);
    },

    async create({ cloudflare: client }, inputs, { isReplacing, holderOf, transient }) {
      const { accountId, __owner: owner = "" } = inputs;
      await checkZone(client, transient.__zone, accountId);
      const account = tsigAccount(client, accountId);
      const secret = inputs.secret === undefined ? undefined : new Secret(inputs.secret);
      const standing = await (inputs.adopt ? account.now() : account.before());
      const others = standing.filter(
        (key) => canonicalName(key.name) === inputs.name && key.secret.reveal() !== inputs.secret,
      );
      const refusal = isReplacing
        ? undefined
        : await refusalOfSecond(client, accountId, others, transient.__zone);
      // From here to `own` nothing may wait, or two resources could take the same one.
      const plan = planTsig(account.free(standing), {
        ...inputs,
        secret,
        owner,
        isReplacing,
        holderOf: (key) => holderOf(`${accountId}/${key.id}`),
      });
      if (plan.kind === "refuse") throw new RefusedError(plan.reason);
      if (plan.kind === "create" && refusal !== undefined) throw new RefusedError(refusal);
      if (plan.kind === "take" && !inputs.adopt) {
        say(
          `TSIG "${inputs.name}": took ${plan.item.id}, which an earlier run of this resource made; its secret stays as it is`,
        );
      }
      if (plan.kind === "take") {
        const key = await account.bringTo(account.own(plan.item), contentOf(inputs, plan.item.secret));
        return { id: `${accountId}/${key.id}`, outputs: outputsOf(key) };
      }
      const content = contentOf(inputs, generateSecret({ ...inputs, owner }));
      const key = await account.create(
        content,
        account.finder(standing, (each) => isEqual(each, content)),
      );
      return { id: `${accountId}/${key.id}`, outputs: outputsOf(key) };
    },

    async read({ cloudflare: client }, id, state) {
      const { accountId, tsigId } = parseId(id);
      const key = await tsigAccount(client, accountId).read(tsigId);
      if (key === undefined) return undefined;
      const inputs = { accountId, ...outputsOf(key) };
      // Every program gives the name; without it the key was looked up, and its secret is not ours.
      const given = state.__inputs ?? [];
      const saved = given.includes("name") ? savedKey(tsigId, state) : undefined;
      const change = saved && describeChange(saved, key);
      if (change !== undefined) say(change);
      const generated = given.includes("name") && !given.includes("secret");
      if (!generated || state.secret === undefined || key.secret.reveal() === state.secret.reveal()) {
        return { outputs: { ...outputsOf(key), revision: state.revision }, inputs };
      }
      // The primary still holds the generated secret, so it is kept, and the next `up` puts it back.
      return {
        outputs: {
          ...outputsOf({ ...key, secret: state.secret }),
          revision: state.revision,
          __drifted: true,
        },
        inputs,
        drift: { secret: CHANGED_OUTSIDE },
      };
    },

    async update(access, id, state, inputs, { transient }) {
      const { cloudflare: client } = access;
      const { accountId, tsigId } = parseId(id);
      const account = tsigAccount(client, accountId);
      const kept = state.secret ?? generateSecret({ ...inputs, owner: inputs.__owner ?? "" });
      const content = contentOf(inputs, kept);
      // Where a refresh has seen another secret, the primary may have been given that one too.
      const saved = savedKey(tsigId, state);
      const known = (state.__drifted ? undefined : saved) ?? (await account.read(tsigId));
      if (known !== undefined && isEqual(known, content))
        return { ...outputsOf(known), revision: state.revision };
      const zone = await checkZone(client, transient.__zone, accountId);
      if (known !== undefined) {
        const isSaved = saved !== undefined && isEqual(saved, content);
        await checkTsigChange(access, { accountId, known, content, isSaved, probeZone: zone?.zoneName });
      }
      if (zone !== undefined) await guardRekeying(access, { zone, accountId, tsigId, content });
      const key = await account.replace(tsigId, content);
      return { ...outputsOf(key), revision: (state.revision ?? 0) + 1 };
    },

    async delete({ cloudflare: client }, id) {
      const { accountId, tsigId } = parseId(id);
      try {
        await tsigAccount(client, accountId).delete(tsigId);
      } catch (error) {
        throw await withPeersInUse(client, error, { accountId, tsigId });
      }
    },
  });
}

const severalKeys = z.object({ hasSeveralKeys: z.literal(true) });

/** One of several keys never changes its name: that of the zone's only key would change under running transfers. */
function otherKey(olds: PropertyMap, news: PropertyMap): string | undefined {
  const { name: before } = olds;
  const { name, __zone: zone } = news;
  if (typeof before !== "string" || typeof name !== "string") return undefined;
  const [was, is] = [canonicalName(before), canonicalName(name)];
  if (was === is || !severalKeys.safeParse(zone).success) return undefined;
  return `name is "${is}", and the zone's only key was "${was}"; allowed: "${was}" as the active one of tsig.keys first (docs/rotate-a-tsig-key.md)`;
}

const namedZone = z.object({ zoneId: z.string(), zoneName: z.string() });

/** Of a key that a component makes for a zone: a typing error in the zone must not reach its key first. */
async function checkZone(client: CloudflareClient, claimed: unknown, accountId: string) {
  const zone = namedZone.safeParse(claimed).data;
  if (zone !== undefined) requireSecondary(await identifyZone(client, { ...zone, accountId }));
  return zone;
}

function parseId(id: string): { accountId: string; tsigId: string } {
  const { accountId, objectId } = parseAccountScoped("Tsig", id);
  return { accountId, tsigId: objectId };
}

/** What the state says Cloudflare holds, but for a secret that a refresh found changed. */
function savedKey(id: string, { name, algo, secret }: State): TsigKey | undefined {
  if (name === undefined || algo === undefined || secret === undefined) return undefined;
  return { id, name, algo, secret };
}

function contentOf(
  inputs: { name: string; algo: string; secret?: string | undefined },
  fallback: Secret,
): TsigContent {
  const { name, algo } = inputs;
  return { name, algo, secret: inputs.secret === undefined ? fallback : new Secret(inputs.secret) };
}

function outputsOf({ id, name, algo, secret }: TsigKey) {
  return {
    tsigId: id,
    name: canonicalName(name),
    algo: canonicalAlgorithm(algo),
    secret: secret.reveal(),
  };
}
