import { bindConfig } from "./bind/config";
import { knotConfig } from "./knot/config";
import { nsdConfig } from "./nsd/config";
import { powerdnsConfig } from "./powerdns/config";
import type { Zones } from "./primary-zone";

/** What to put on a primary, for each server that this package is tested with. Holds the keys' secrets. */
export interface PrimaryConfig {
  /** For named.conf. */
  readonly bind: string;
  /** For knot.conf. */
  readonly knot: string;
  /** For nsd.conf. NSD does not sign; the text includes a script that does. */
  readonly nsd: string;
  /** Shell commands, and the settings for pdns.conf. */
  readonly powerdns: string;
}

/** One configuration for all the zones; what they share appears only once. */
export function configFor(zones: Zones): PrimaryConfig {
  return {
    bind: bindConfig(zones),
    knot: knotConfig(zones),
    nsd: nsdConfig(zones),
    powerdns: powerdnsConfig(zones),
  };
}
