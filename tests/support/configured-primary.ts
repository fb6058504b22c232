import type { PrimaryConfig } from "../../index";
import { type Served, serveZone } from "./dns-serve-zone";
import type { DnsServer } from "./dns-server";
import { bindServer } from "./dns-server-bind";
import { knotServer } from "./dns-server-knot";
import { nsdServer } from "./dns-server-nsd";
import { powerdnsServer } from "./dns-server-powerdns";
import { zoneText } from "./dns-zone-text";

/** A primary that runs on what `primaryConfig` says, and on no more than where to listen and to keep files. */
export interface ConfiguredPrimary extends Omit<Served, "configure" | "publish"> {
  readonly configure: (config: PrimaryConfig) => Promise<void>;
  readonly publish: (serial: number) => Promise<void>;
}

export type ConfigurableKind = DnsServer;

export const CONFIGURABLE: readonly ConfigurableKind[] = [bindServer, knotServer, nsdServer, powerdnsServer];

/** Starts a primary of this kind, if need be with a clock that is some seconds ahead; answers once it serves the zone. */
export async function startConfigured(
  kind: ConfigurableKind,
  zone: string,
  config: PrimaryConfig,
  clockAhead?: number,
): Promise<ConfiguredPrimary> {
  // Knot counts serials itself, and only when something else has changed.
  const textOf = (serial: number) => `${zoneText(zone, serial)}version IN TXT "${serial}"\n`;
  const served = await serveZone(kind, {
    zone,
    text: textOf(1),
    config: config[kind.name],
    ...(clockAhead === undefined ? {} : { clockAhead }),
  });
  return {
    ...served,
    configure: (next) => served.configure(next[kind.name]),
    publish: (serial) => served.publish(textOf(serial)),
  };
}
