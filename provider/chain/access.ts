import type { CloudflareClient } from "../cloudflare/client";
import type { SettingsSource } from "../core/settings";
import type { Primary } from "../dns/primary";
import { isForced } from "./force";
import { readResolvers } from "./resolvers";
import type { WithdrawnDs } from "./withdrawn";

/** What a look at a zone from outside takes: whom to ask about its parent. */
export interface DnsAccess {
  /** Read when they are asked, so that a setting that is wrong spoils nothing else. */
  resolvers(): readonly Primary[];
  isForced(zoneName: string): boolean;
  readonly withdrawn: WithdrawnDs;
}

/** The same, and Cloudflare. */
export interface ChainAccess extends DnsAccess {
  readonly cloudflare: CloudflareClient;
}

export function dnsAccess(source: SettingsSource, withdrawn: WithdrawnDs): DnsAccess {
  return {
    resolvers: () => readResolvers(source),
    isForced: (zoneName) => isForced(source, zoneName),
    withdrawn,
  };
}
