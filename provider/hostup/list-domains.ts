import { z } from "zod";
import type { HostupClient } from "./client";

const domain = z.object({ id: z.string(), name: z.string() });
const page = z.object({
  data: z.array(domain),
  hasMore: z.boolean().nullish(),
  nextCursor: z.string().nullish(),
});
export type Domain = z.output<typeof domain>;

/** The account's domains of one name, or all of them. https://developer.hostup.se/endpoints/domain-services/get-v2-domains */
export async function listDomains(client: HostupClient, name?: string): Promise<readonly Domain[]> {
  const found: Domain[] = [];
  for (let cursor: string | undefined; ; ) {
    const { data, hasMore, nextCursor } = await client.call({
      operation: name === undefined ? "list the domains of the account" : `find domain ${name}`,
      method: "GET",
      path: ["domains"],
      query: {
        ...(name === undefined ? { limit: "1000" } : { name, limit: "50" }),
        ...(cursor === undefined ? {} : { cursor }),
      },
      result: page,
      permission: "read:domains",
    });
    found.push(...data);
    // A cursor that leads to itself has no end.
    if (hasMore === false || !nextCursor || nextCursor === cursor) return found;
    cursor = nextCursor;
  }
}
