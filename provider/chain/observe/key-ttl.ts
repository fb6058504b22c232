import type { QueryOptions } from "../../dns/asked";
import type { Result } from "../../dns/failure";
import { normalName } from "../../dns/name";
import type { Primary } from "../../dns/primary";
import type { ZoneView } from "../view/zone-view";
import { originalTtl, readable } from "./original-ttl";
import { askResolvers } from "./recursive";

/** What Cloudflare gives its own keys, and BIND's default for others: where the set could not be looked at. */
const USUAL = 3_600;

/** For how long resolvers keep a zone's keys, in seconds, as far as somebody shows them. */
export function keyTtlOf(views: readonly Result<ZoneView>[]): number {
  return Math.max(0, ...views.map((view) => (view.ok ? view.value.keyTtl : 0))) || USUAL;
}

/** The same by a resolver. */
export async function askKeyTtl(
  zoneName: string,
  resolvers: readonly Primary[],
  options: QueryOptions = {},
): Promise<number> {
  const question = { name: normalName(zoneName), type: "DNSKEY", dnssecOk: true } as const;
  const found = await askResolvers(resolvers, question, options);
  if (!found?.ok) return USUAL;
  return originalTtl(readable(found.value, found.value.answers), "DNSKEY") || USUAL;
}
