import type { CloudflareClient } from "../cloudflare/client";

/** One object for each account and credential in this process, made when it is first asked for. */
export function perAccount<Account>(
  make: (client: CloudflareClient, accountId: string) => Account,
): (client: CloudflareClient, accountId: string) => Account {
  const accounts = new WeakMap<CloudflareClient, Map<string, Account>>();
  return (client, accountId) => {
    const known = accounts.get(client) ?? new Map<string, Account>();
    accounts.set(client, known);
    const account = known.get(accountId) ?? make(client, accountId);
    known.set(accountId, account);
    return account;
  };
}
