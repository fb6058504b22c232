import type { PrimaryConfig } from "../../index";
import type { RunningServer } from "./dns-server-process";

export type SigningAlgorithm = "rsasha256" | "ecdsap256sha256" | "ecdsap384sha384" | "ed25519";

/** What a server has besides its configuration. In the folder, its zone is in `<zone>.zone`, not signed. */
export interface Place {
  readonly zone: string;
  readonly folder: string;
  readonly port: number;
  /** How many seconds its clock is ahead of ours; not at all by default. */
  readonly clockAhead?: number;
}

/** How one of the servers is run, whatever it is told to do. */
export interface DnsServer {
  readonly name: keyof PrimaryConfig;
  readonly commands: readonly string[];
  /** Makes what its first configuration needs to be there. */
  prepare?(place: Place): Promise<void>;
  /** Puts a configuration in place: what `primaryConfig` would say, and before it where to listen and to keep files. */
  configure(place: Place, config: string): Promise<void>;
  start(place: Place): RunningServer;
  /** Has it see that it was configured again. */
  reload(place: Place, server: RunningServer): Promise<void>;
  /** Has it see that the zone file has changed. */
  reloadZone(place: Place, server: RunningServer): Promise<void>;
}
