import type { CloudflareClient } from "../cloudflare/client";
import type { SettingsSource } from "../core/settings";
import type { Primary } from "../dns/primary";
import { isForced } from "./force";
import { readResolvers } from "./resolvers";

/** What a look at a zone takes: Cloudflare, and whom to ask about its parent. */
export interface ChainAccess {
  readonly cloudflare: CloudflareClient;
  /** Read when they are asked, so that a setting that is wrong spoils nothing else. */
  resolvers(): readonly Primary[];
  isForced(zoneName: string): boolean;
}

export function chainAccess(cloudflare: CloudflareClient, source: SettingsSource): ChainAccess {
  return {
    cloudflare,
    resolvers: () => readResolvers(source),
    isForced: (zoneName) => isForced(source, zoneName),
  };
}
