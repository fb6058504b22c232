import { z } from "zod";
import { type CloudflareClient, unlessGone } from "./client";

const zone = z.object({
  name: z.string(),
  type: z.string(),
  status: z.string().nullish(),
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
