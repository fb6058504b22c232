import type { CloudflareClient } from "../../cloudflare/client";
import type { SettingsSource } from "../../core/settings";
import type { Primary } from "../../dns/primary";
import type { ParentMemory } from "../view/parent-memory";
import type { RegisteredDs, RegistrarDomain } from "../view/registered-ds";
import { isForced } from "./force";
import { RecordedParents } from "./recorded-parents";
import { readResolvers } from "./resolvers";
import { SeenKeyTtls } from "./seen-key-ttls";
import { WithdrawnDs } from "./withdrawn";

/** What a look at a zone from outside takes: whom to ask about its parent. */
export interface DnsAccess extends RunNotes {
  /** Read when they are asked, so that a setting that is wrong spoils nothing else. */
  resolvers(): readonly Primary[];
  isForced(zoneName: string): boolean;
}

/** What the resources of a run tell each other. */
export interface RunNotes {
  readonly withdrawn: WithdrawnDs;
  readonly keyTtls: SeenKeyTtls;
  readonly recorded: RecordedParents;
  /** What the state has of the parents with the zones' transfers, by the ids of the zones. */
  readonly withTransfers: Map<string, ParentMemory>;
  /** Where the DS of zones whose signing ends in this run was published, by the ids of the zones. */
  readonly registrars: Map<string, RegistrarDomain>;
}

export function runNotes(): RunNotes {
  return {
    withdrawn: new WithdrawnDs(),
    keyTtls: new SeenKeyTtls(),
    recorded: new RecordedParents(),
    withTransfers: new Map(),
    registrars: new Map(),
  };
}

/** Another run begins. */
export function clearNotes({ withdrawn, keyTtls, recorded, withTransfers, registrars }: RunNotes): void {
  for (const notes of [withdrawn, keyTtls, recorded, withTransfers, registrars]) notes.clear();
}

/** The same, Cloudflare, and the registrar of a zone whose DS the program publishes. */
export interface ChainAccess extends DnsAccess {
  readonly cloudflare: CloudflareClient;
  registered(domain: RegistrarDomain): Promise<RegisteredDs>;
}

export function dnsAccess(source: SettingsSource, notes: RunNotes): DnsAccess {
  return {
    resolvers: () => readResolvers(source),
    isForced: (zoneName) => isForced(source, zoneName),
    ...notes,
  };
}
