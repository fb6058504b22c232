import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bind } from "./dns-primary-bind";
import { knot } from "./dns-primary-knot";
import { nsd } from "./dns-primary-nsd";
import { powerdns } from "./dns-primary-powerdns";
import { freePort, type RunningServer, until } from "./dns-processes";
import { answers, digZone, faultsOf, missingTools, type TransferKey } from "./dns-tools";
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

export type SigningAlgorithm = "rsasha256" | "ecdsap256sha256" | "ecdsap384sha384" | "ed25519";

export interface Ground extends PrimaryWish {
  readonly text: string;
  readonly denial: "nsec" | "nsec3";
  readonly algorithm: SigningAlgorithm;
  readonly folder: string;
  readonly port: number;
}

export interface PrimaryKind {
  readonly name: string;
  readonly commands: readonly string[];
  /** Writes its configuration, signs where the server does not, and starts it. */
  start(ground: Ground): Promise<RunningServer>;
  /** Puts another version of the unsigned zone in place and has the server see it. */
  publish(ground: Ground, text: string, server: RunningServer): Promise<void>;
}

export interface Primary {
  readonly port: number;
  readonly folder: string;
  /** The signed zone as the primary itself hands it out. */
  readonly signedZone: () => Promise<string>;
  readonly publish: (text: string) => Promise<void>;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

export const PRIMARIES: readonly PrimaryKind[] = [bind, knot, nsd, powerdns];

/** What is missing on this machine for tests with this primary. */
export function missingFor({ commands }: PrimaryKind): readonly string[] {
  return missingTools(commands);
}

/** Starts a primary on a high loopback port; answers once it hands out the whole signed zone. */
export async function startPrimary(kind: PrimaryKind, wish: PrimaryWish): Promise<Primary> {
  const folder = mkdtempSync(join(tmpdir(), `${kind.name.toLowerCase()}-`));
  const text = zoneText(wish.zone, 1);
  const ground: Ground = {
    text,
    denial: "nsec3",
    algorithm: "ecdsap256sha256",
    ...wish,
    folder,
    port: await freePort(),
  };
  const server = await kind.start(ground);
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const signedZone = () =>
    until(
      `${kind.name} has signed its zone`,
      async () => {
        const text = await digZone(ground.port, wish.zone, folder, wish.key);
        // Signed in the background, a zone is handed out half signed at first.
        const chain = ground.denial === "nsec3" ? /\sNSEC3PARAM\s/ : /\sNSEC\s/;
        const isWhole =
          text !== undefined && chain.test(text) && (await faultsOf(text, wish.zone, folder)) === "";
        return isWhole ? text : undefined;
      },
      server.log,
    );
  try {
    // Where no transfer can come about, there is nothing to ask for but an answer.
    if (wish.allowFrom === undefined && wish.clockAhead === undefined) await signedZone();
    else await until(`${kind.name} listens`, () => answers(ground.port, wish.zone), server.log);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port: ground.port,
    folder,
    signedZone,
    publish: (text) => kind.publish(ground, text, server),
    log: server.log,
    stop,
  };
}
