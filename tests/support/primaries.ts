import { bind } from "./dns-primary-bind";
import { knot } from "./dns-primary-knot";
import { nsd } from "./dns-primary-nsd";
import { powerdns } from "./dns-primary-powerdns";
import { until } from "./dns-processes";
import { type Served, serveZone } from "./dns-serve-zone";
import type { DnsServer, SigningAlgorithm } from "./dns-server";
import { digZone, faultsOf, missingTools, type TransferKey } from "./dns-tools";
import { zoneText } from "./dns-zone-text";

/** What a primary is to serve, to whom, and whom it tells of changes. */
export interface PrimaryWish {
  readonly zone: string;
  readonly key: TransferKey;
  /** The simulator's DNS port on 127.0.0.1. */
  readonly notifyPort: number;
  /** The only address that may transfer, beside the key; all by default. */
  readonly allowFrom?: string;
  /** How it proves what it does not have; NSEC3 by default. */
  readonly denial?: "nsec" | "nsec3";
  /** What it signs with; ECDSA on P-256 by default. */
  readonly algorithm?: SigningAlgorithm;
  /** How many seconds its clock is ahead of ours; not at all by default. */
  readonly clockAhead?: number;
  /** Left out: a small zone with one of each kind of name. */
  readonly text?: string;
}

/** A server, and the configuration of our own that it is given here. */
export interface PrimaryKind {
  readonly name: string;
  readonly server: DnsServer;
  readonly commands: readonly string[];
  /** In the form that `primaryConfig` has for this server. */
  configOf(wish: PrimaryWish & Required<Pick<PrimaryWish, "denial" | "algorithm">>): string;
}

export interface Primary extends Served {
  /** The signed zone as the primary itself hands it out. */
  readonly signedZone: () => Promise<string>;
}

export const PRIMARIES: readonly PrimaryKind[] = [bind, knot, nsd, powerdns];

/** What is missing on this machine for tests with this primary. */
export function missingFor({ commands }: PrimaryKind): readonly string[] {
  return missingTools(commands);
}

/** Starts a primary on a high loopback port; answers once it hands out the whole signed zone. */
export async function startPrimary(kind: PrimaryKind, wish: PrimaryWish): Promise<Primary> {
  const { zone, denial = "nsec3", algorithm = "ecdsap256sha256", text = zoneText(zone, 1) } = wish;
  const config = kind.configOf({ ...wish, denial, algorithm });
  const served = await serveZone(kind.server, { ...wish, text, config });
  const signedZone = () =>
    until(
      `${kind.name} has signed its zone`,
      async () => {
        const text = await digZone(served.port, zone, served.folder, wish.key);
        // Signed in the background, a zone is handed out half signed at first.
        const chain = denial === "nsec3" ? /\sNSEC3PARAM\s/ : /\sNSEC\s/;
        const isWhole =
          text !== undefined && chain.test(text) && (await faultsOf(text, zone, served.folder)) === "";
        return isWhole ? text : undefined;
      },
      served.log,
    );
  try {
    // Where no transfer can come about, there is nothing to ask for but the answer that it has given.
    if (wish.allowFrom === undefined && wish.clockAhead === undefined) await signedZone();
  } catch (error) {
    await served.stop();
    throw error;
  }
  return { ...served, signedZone };
}
