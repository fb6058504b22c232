import type { NameServerView } from "../../provider/chain/observe/observe-secondary";
import type { PrimaryProbe } from "../../provider/chain/observe/probe-primaries";
import type { ChainView } from "../../provider/chain/view/chain-view";
import type { ZoneView } from "../../provider/chain/view/zone-view";
import type { Dnssec } from "../../provider/cloudflare/dnssec";
import type { Incoming } from "../../provider/cloudflare/incoming";
import type { Zone } from "../../provider/cloudflare/zones";
import type { Result } from "../../provider/dns/failure";
import type { Primary } from "../../provider/dns/primary";
import type { DnssecAuto } from "../../provider/hostup/dnssec-auto";

/** All that the doctor has looked at, at one moment. */
export interface Seen {
  readonly zoneName: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** `undefined` where the token may not read zones. */
  readonly zone: Zone | undefined;
  readonly dnssec: Dnssec;
  /** `undefined`: the zone has none. */
  readonly incoming: Incoming | undefined;
  /** The observation that changes are guarded by; the secondary's part of it is in `nameServers`. */
  readonly chain: ChainView;
  /** Whether each of its primaries transfers the zone to this machine. */
  readonly transfers: readonly PrimaryProbe[];
  readonly nameServers: readonly AskedNameServer[];
  /** To which the zone is delegated beside Cloudflare's. */
  readonly otherServers: readonly OtherServer[];
  readonly registrar: RegistrarView;
}

export interface OtherServer {
  readonly host: string;
  /** `undefined` where nobody has an address of it. */
  readonly view: Result<ZoneView> | undefined;
}

/** A primary that has answered. */
export interface AskedPrimary {
  readonly primary: Primary;
  /** As a sentence begins with it. */
  readonly name: string;
  readonly view: ZoneView;
}

export interface AskedNameServer extends NameServerView {
  /** The hosts of the zone's own NS set; `undefined` where it is not told. */
  readonly ownHosts?: readonly string[] | undefined;
}

export type RegistrarView =
  /** Nothing says that the domain is at HostUp. */
  | { readonly kind: "none" }
  | { readonly kind: "not asked"; readonly why: string }
  | { readonly kind: "seen"; readonly auto: DnssecAuto };
