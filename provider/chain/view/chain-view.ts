import type { DsData } from "../../dns/ds";
import type { Result } from "../../dns/failure";
import type { Primary } from "../../dns/primary";
import type { SeenDelegation } from "./delegation-memory";
import type { HeldSet } from "./ds-memory";
import type { ParentView } from "./parent-view";
import type { RegisteredDs } from "./registered-ds";
import type { ZoneView } from "./zone-view";

/** What is seen of a zone, from its primaries to its parent. */
export interface ChainView {
  readonly zoneName: string;
  readonly primaries: readonly PrimaryView[];
  /** Why other primaries could not be asked. */
  readonly unseen: readonly string[];
  /** At Cloudflare's own name servers; empty where they were not asked. */
  readonly secondary: readonly Result<ZoneView>[];
  readonly parent: ParentView;
  /** At the registrar; nothing where the program does not publish it there. */
  readonly registered: RegisteredDs;
  /** The TTL of the keys that are served now, in seconds. */
  readonly keyTtl: number;
  /** What resolvers may hold of a DS that is not at the parent any more. */
  readonly held: readonly HeldSet[];
  /** The delegations that resolvers may hold. */
  readonly delegations: readonly SeenDelegation[];
  /** The DS of the key that Cloudflare signs with, if it has one. */
  readonly cloudflareDs: DsData | undefined;
  /** How long Cloudflare may not check for a newer zone, in seconds; left out where it has no transfer. */
  readonly refreshSeconds: number | undefined;
  /** When all this was seen, in milliseconds since 1970. */
  readonly seenAt: number;
  /** The name servers that Cloudflare has for the zone; empty where the token may not read it. */
  readonly nameServers: readonly string[];
}

export interface PrimaryView {
  readonly primary: Primary;
  readonly view: Result<ZoneView>;
  /** Whether its transfer brings signatures; looked at where it answers with them, and left out where it was not seen. */
  readonly isTransferSigned?: boolean | undefined;
}
