import { z } from "zod";
import { Secret } from "../core/secret";
import { absoluteName } from "../dns/domain-name";
import { listOf } from "../http/list-of";
import { type CloudflareClient, unlessGone } from "./client";
import { asSent, contradiction } from "./contradiction";
import { objectId } from "./object-id";
import { inAccount, RecentObjects } from "./recent-objects";

const tsig = z
  .object({ id: objectId, name: z.string(), algo: z.string(), secret: z.string() })
  .transform(({ secret, ...rest }) => ({ ...rest, secret: new Secret(secret) }));

/** A TSIG key as Cloudflare holds it. https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/tsigs/ */
export type TsigKey = z.output<typeof tsig>;
export type TsigContent = Omit<TsigKey, "id">;

const path = (accountId: string, ...rest: string[]) => [
  "accounts",
  accountId,
  "secondary_dns",
  "tsigs",
  ...rest,
];
const READ = "Account Settings Read";
const WRITE = "Account Settings Write";

/** What this run has written of them. */
export const recentTsigs = new RecentObjects<TsigKey>();

export function listTsigs(client: CloudflareClient, accountId: string): Promise<TsigKey[]> {
  return client.call({
    operation: `list the TSIGs of account ${accountId}`,
    method: "GET",
    path: path(accountId),
    result: listOf(tsig),
    permission: READ,
  });
}

/** `undefined`: no TSIG has this id. */
export function getTsig(
  client: CloudflareClient,
  accountId: string,
  id: string,
): Promise<TsigKey | undefined> {
  return unlessGone(
    client.call({
      operation: `read TSIG ${id} of account ${accountId}`,
      method: "GET",
      path: path(accountId, id),
      result: tsig,
      contradiction: (key) => contradiction({ id }, key),
      permission: READ,
    }),
  );
}

/** As this process has just written it, else read now: for a look at the primary, of which a run has several. */
export async function getRecentTsig(
  client: CloudflareClient,
  accountId: string,
  id: string,
): Promise<TsigKey | undefined> {
  return recentTsigs.find(client, inAccount(accountId, id)) ?? (await getTsig(client, accountId, id));
}

/**
 * Not idempotent: names are not unique, so a second call makes a second TSIG. When the answer is lost,
 * `look` finds what was made.
 */
export function createTsig(
  client: CloudflareClient,
  accountId: string,
  content: TsigContent,
  look: () => Promise<TsigKey | undefined>,
): Promise<TsigKey> {
  return client
    .call({
      operation: `create TSIG "${content.name}" in account ${accountId}`,
      method: "POST",
      path: path(accountId),
      body: bodyOf(content),
      result: tsig,
      contradiction: (key) => contradiction(comparable(content), comparable(key)),
      permission: WRITE,
      again: { kind: "recover", look, makesAnother: true },
    })
    .then((item) => recentTsigs.note(client, inAccount(accountId, item.id), item));
}

/** Replaces name, algorithm and secret; the id stays. */
export function replaceTsig(
  client: CloudflareClient,
  accountId: string,
  id: string,
  content: TsigContent,
): Promise<TsigKey> {
  const otherThanSent = (key: TsigKey) =>
    contradiction({ id, ...comparable(content) }, { id: key.id, ...comparable(key) });
  recentTsigs.forget(client, inAccount(accountId, id));
  return client
    .call({
      operation: `update TSIG "${content.name}" (${id}) in account ${accountId}`,
      method: "PUT",
      path: path(accountId, id),
      body: bodyOf(content),
      result: tsig,
      contradiction: otherThanSent,
      permission: WRITE,
      again: {
        kind: "repeat",
        look: async () => asSent(await getTsig(client, accountId, id), otherThanSent),
      },
    })
    .then((item) => recentTsigs.note(client, inAccount(accountId, item.id), item));
}

/** Succeeds when the TSIG is already gone. */
export async function deleteTsig(client: CloudflareClient, accountId: string, id: string): Promise<void> {
  recentTsigs.forget(client, inAccount(accountId, id));
  await unlessGone(
    client.call({
      operation: `delete TSIG ${id} of account ${accountId}`,
      method: "DELETE",
      path: path(accountId, id),
      result: z.unknown(),
      permission: WRITE,
    }),
  );
}

function bodyOf({ name, algo, secret }: TsigContent): object {
  return { name, algo, secret: secret.reveal() };
}

function comparable({ name, algo, secret }: TsigContent) {
  return { name: absoluteName(name), algo: absoluteName(algo), secret: secret.reveal() };
}
