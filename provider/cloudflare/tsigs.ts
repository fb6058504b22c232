import { z } from "zod";
import { Secret } from "../core/secret";
import { type CloudflareClient, unlessGone } from "./client";

const tsig = z
  .object({ id: z.string(), name: z.string(), algo: z.string(), secret: z.string() })
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

export function listTsigs(client: CloudflareClient, accountId: string): Promise<TsigKey[]> {
  return client.call({
    operation: `list the TSIGs of account ${accountId}`,
    method: "GET",
    path: path(accountId),
    result: z.array(tsig),
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
      permission: READ,
    }),
  );
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
  return client.call({
    operation: `create TSIG "${content.name}" in account ${accountId}`,
    method: "POST",
    path: path(accountId),
    body: bodyOf(content),
    result: tsig,
    permission: WRITE,
    again: { kind: "recover", look },
  });
}

/** Replaces name, algorithm and secret; the id stays. */
export function replaceTsig(
  client: CloudflareClient,
  accountId: string,
  id: string,
  content: TsigContent,
): Promise<TsigKey> {
  return client.call({
    operation: `update TSIG "${content.name}" (${id}) in account ${accountId}`,
    method: "PUT",
    path: path(accountId, id),
    body: bodyOf(content),
    result: tsig,
    permission: WRITE,
  });
}

/** Succeeds when the TSIG is already gone. */
export async function deleteTsig(client: CloudflareClient, accountId: string, id: string): Promise<void> {
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
