import { z } from "zod";
import { type CloudflareClient, unlessGone } from "./client";

const zone = z.object({
  type: z.string(),
  account: z.object({ id: z.string() }).nullish(),
});
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
