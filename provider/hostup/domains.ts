import { z } from "zod";
import { RefusedError } from "../core/errors";
import type { HostupClient } from "./client";

const domains = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });

/** The id of a domain, looked up by its exact name. https://developer.hostup.se/endpoints/domain-services/get-v2-domains */
export async function findDomainId(client: HostupClient, name: string): Promise<string> {
  const { data } = await client.call({
    operation: `find domain ${name}`,
    method: "GET",
    path: ["domains"],
    query: { name, limit: "50" },
    result: domains,
    permission: "read:domains",
  });
  const [found, ...others] = data.filter((domain) => domain.name.toLowerCase() === name);
  if (found === undefined) {
    throw new RefusedError(
      `HostUp knows no domain ${name} in this account.\nNext: check domainName, or that the API key belongs to the domain's account.`,
    );
  }
  if (others.length > 0) {
    const ids = [found, ...others].map(({ id }) => id).join(", ");
    throw new RefusedError(
      `HostUp has several domains called ${name}: ${ids}.\nNext: set domainId to the one you mean.`,
    );
  }
  return found.id;
}
