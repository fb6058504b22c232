import type { CloudflareClient } from "../cloudflare/client";

const told = new WeakMap<CloudflareClient, Set<string>>();

/** Prints a line once a run: the resources of a zone look at the same things, some more than once. */
export function tellOnce(client: CloudflareClient, line: string): void {
  const lines = told.get(client) ?? new Set();
  told.set(client, lines);
  if (!lines.has(line)) console.log(line);
  lines.add(line);
}
