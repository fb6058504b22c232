import { bindConfig } from "./bind";
import { knotConfig } from "./knot";
import { nsdConfig } from "./nsd";
import { powerdnsConfig } from "./powerdns";
import type { PrimaryWants } from "./wanted";

/** What to put on a primary, for each server that this package is tested with. Holds the keys' secrets. */
export interface PrimaryConfig {
  /** For named.conf. */
  readonly bind: string;
  /** For knot.conf. */
  readonly knot: string;
  /** For nsd.conf. NSD does not sign: the text says how to. */
  readonly nsd: string;
  /** Shell commands, and what pdns.conf needs. */
  readonly powerdns: string;
}

export function primaryConfig(wants: PrimaryWants): PrimaryConfig {
  return {
    bind: bindConfig(wants),
    knot: knotConfig(wants),
    nsd: nsdConfig(wants),
    powerdns: powerdnsConfig(wants),
  };
}
