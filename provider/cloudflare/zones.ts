import { domainToUnicode } from "node:url";
import { z } from "zod";
import { listOf } from "../http/list-of";
import { type CloudflareClient, unlessGone } from "./client";
import { shownName } from "./shown-name";

const zone = z.object({
  name: shownName,
  type: z.string(),
  status: z.string().nullish(),
  paused: z.boolean().nullish(),
  name_servers: z.array(z.string()).nullish(),
  vanity_name_servers: z.array(z.string()).nullish(),
  account: z.object({ id: z.string() }).nullish(),
});
/** https://developers.cloudflare.com/api/resources/zones/methods/get/ */
export type Zone = z.output<typeof zone>;

/** `undefined`: the token sees no zone with this id. */
export function getZone(client: CloudflareClient, zoneId: string): Promise<Zone | undefined> {
  return unlessGone(
    client.call({
      operation: `read zone ${zoneId}`,
      method: "GET",
      path: ["zones", zoneId],
      result: zone,
      permission: "Zone Read",
    }),
  );
}

const named = zone.extend({ id: z.string().regex(/^[0-9a-f]{32}$/) });
export type NamedZone = z.output<typeof named>;

/** Those of this name that the token sees: one in each account. Which form of an internationalised name finds them is not documented. */
export async function findZones(client: CloudflareClient, name: string): Promise<NamedZone[]> {
  const found = await listZones(client, name);
  const unicode = domainToUnicode(name);
  return found.length > 0 || unicode === name || unicode === "" ? found : listZones(client, unicode);
}

/** https://developers.cloudflare.com/api/resources/zones/methods/list/ */
function listZones(client: CloudflareClient, name: string): Promise<NamedZone[]> {
  return client.call({
    operation: `find zone ${name}`,
    method: "GET",
    path: ["zones"],
    query: { name },
    result: listOf(named),
    permission: "Zone Read",
  });
}
