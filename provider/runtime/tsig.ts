import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { CloudflareClient } from "../cloudflare/client";
import {
  createTsig,
  deleteTsig,
  getTsig,
  listTsigs,
  replaceTsig,
  type TsigContent,
  type TsigKey,
} from "../cloudflare/tsigs";
import { defineResource } from "../core/define-resource";
import { NAME_ALLOWED, parseDomainName } from "../core/domain-name";
import { InputError, RefusedError } from "../core/errors";
import { Secret } from "../core/secret";
import { base64Octets, MD5, parseTsigAlgorithm, tsigAlgorithms } from "../core/tsig-algorithm";
import { isUnknown } from "../core/unknown";
import { cloudflare } from "./clients";
import * as field from "./fields";

const GENERATED_OCTETS = 64;
const MIN_OCTETS = 16;
const MAX_OCTETS = 256;

const algorithmAllowed = `${tsigAlgorithms.map((name) => `"${name}"`).join(", ")} (RFC 8945 section 6)`;
const secretAllowed = `base64 (RFC 4648) of ${MIN_OCTETS} to ${MAX_OCTETS} bytes on one line, or nothing to have it generated`;

const name = z.string(NAME_ALLOWED).transform((text, ctx) => {
  const parsed = parseDomainName(text);
  if ("name" in parsed) return parsed.name;
  ctx.addIssue({ code: "custom", message: `${NAME_ALLOWED} (${parsed.problem})` });
  return z.NEVER;
});

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

const secret = z
  .string(secretAllowed)
  .refine((text) => {
    const octets = base64Octets(text);
    return octets !== undefined && octets >= MIN_OCTETS && octets <= MAX_OCTETS;
  }, secretAllowed)
  .optional();

const state = z.object({
  profile: z.string().optional(),
  name: z.string().optional(),
  algo: z.string().optional(),
  secret: z.string().optional(),
  __inputs: z.array(z.string()).optional(),
  /** Set by a refresh that found another secret than the generated one. */
  __drifted: z.boolean().optional(),
});
type State = z.output<typeof state>;

export const tsig = defineResource({
  fields: { accountId: field.accountId, name, algo, secret, adopt: field.flag, profile: field.profile },
  secrets: ["secret"],
  state,
  connect: cloudflare,

  replaces(id, _state, news) {
    return isUnknown(news.accountId) || news.accountId !== parseId(id).accountId ? ["accountId"] : [];
  },

  async create(client, inputs) {
    const { accountId } = inputs;
    const existing = inputs.adopt ? await findByName(client, accountId, inputs.name) : undefined;
    const content = contentOf(inputs, existing?.secret ?? generateSecret());
    const key = existing
      ? await replaceUnlessEqual(client, accountId, existing, content)
      : await createTsig(client, accountId, content);
    return { id: `${accountId}/${key.id}`, outputs: outputsOf(key) };
  },

  async read(client, id, state) {
    const { accountId, tsigId } = parseId(id);
    const key = await getTsig(client, accountId, tsigId);
    if (key === undefined) return undefined;
    const inputs = { accountId, ...outputsOf(key) };
    // Every program gives the name; without it the key was looked up, and its secret is not ours.
    const given = state.__inputs ?? [];
    const generated = given.includes("name") && !given.includes("secret");
    if (!generated || state.secret === undefined || key.secret.reveal() === state.secret) {
      return { outputs: outputsOf(key), inputs };
    }
    // The primary still holds the generated secret, so it is kept, and the next `up` puts it back.
    return {
      outputs: { ...outputsOf(key), secret: state.secret, __drifted: true },
      inputs,
      drift: { secret: "(changed outside Pulumi)" },
    };
  },

  async update(client, id, state, inputs) {
    const { accountId, tsigId } = parseId(id);
    const kept = state.secret === undefined ? undefined : new Secret(state.secret);
    const content = contentOf(inputs, kept ?? generateSecret());
    const known = knownKey(tsigId, state);
    const key = known
      ? await replaceUnlessEqual(client, accountId, known, content)
      : await replaceTsig(client, accountId, tsigId, content);
    return outputsOf(key);
  },

  async delete(client, id) {
    const { accountId, tsigId } = parseId(id);
    await deleteTsig(client, accountId, tsigId);
  },
});

function parseId(id: string): { accountId: string; tsigId: string } {
  const [accountId, tsigId, ...rest] = id.split("/");
  if (!accountId || !tsigId || rest.length > 0) {
    throw new InputError(`The id of a Tsig is ${JSON.stringify(id)}; allowed: <accountId>/<tsigId>.`);
  }
  return { accountId, tsigId };
}

/** Names are not unique at Cloudflare, so the one that is meant must be the only one. */
async function findByName(
  client: CloudflareClient,
  accountId: string,
  name: string,
): Promise<TsigKey | undefined> {
  const found = (await listTsigs(client, accountId)).filter((key) => canonicalName(key.name) === name);
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(", ");
    throw new RefusedError(
      `Cannot adopt TSIG "${name}": account ${accountId} has ${found.length} of that name (${ids}).\nNext: delete those that no peer uses, then run the command again.`,
    );
  }
  return found[0];
}

async function replaceUnlessEqual(
  client: CloudflareClient,
  accountId: string,
  current: TsigKey,
  wanted: TsigContent,
): Promise<TsigKey> {
  const equal =
    canonicalName(current.name) === wanted.name &&
    canonicalAlgorithm(current.algo) === wanted.algo &&
    current.secret.reveal() === wanted.secret.reveal();
  return equal ? current : replaceTsig(client, accountId, current.id, wanted);
}

/** What the state says Cloudflare holds; nothing when a refresh saw that it holds something else. */
function knownKey(id: string, state: State): TsigKey | undefined {
  const { name, algo, secret, __drifted } = state;
  if (__drifted || name === undefined || algo === undefined || secret === undefined) return undefined;
  return { id, name, algo, secret: new Secret(secret) };
}

function contentOf(
  inputs: { name: string; algo: string; secret?: string | undefined },
  fallback: Secret,
): TsigContent {
  const { name, algo } = inputs;
  return { name, algo, secret: inputs.secret === undefined ? fallback : new Secret(inputs.secret) };
}

function generateSecret(): Secret {
  return new Secret(randomBytes(GENERATED_OCTETS).toString("base64"));
}

function outputsOf({ id, name, algo, secret }: TsigKey) {
  return {
    tsigId: id,
    name: canonicalName(name),
    algo: canonicalAlgorithm(algo),
    secret: secret.reveal(),
  };
}

/** Names and algorithms differ in case and final dot without meaning another key. */
function canonicalName(text: string): string {
  const parsed = parseDomainName(text);
  return "name" in parsed ? parsed.name : text;
}

function canonicalAlgorithm(text: string): string {
  return parseTsigAlgorithm(text) ?? text;
}
