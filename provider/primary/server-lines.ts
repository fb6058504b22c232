import type { Advice, Place as ServerPlace } from "../../servers/advice";
import { ALL_ADVICE } from "../../servers/all-advice";
import { absoluteName, withoutDot } from "../dns/domain-name";
import type { Primary, TransferKey } from "../dns/primary";

/** The lines of each server's configuration that have to do with a trouble. Never a secret: "…" is one. */
export interface Place {
  readonly zone: string;
  readonly primary: Primary;
}

export function keyNameOf({ name }: TransferKey): string {
  return absoluteName(name);
}

export function algorithmOf({ algorithm }: TransferKey): string {
  return withoutDot(algorithm.toLowerCase());
}

export const keyLines = linesOf(({ key }) => key);
export const transferLines = linesOf(({ transfer }) => transfer);
/** Where a server says which key it wants. */
export const wantedKeyLines = linesOf(({ wantedKey }) => wantedKey);
export const zoneLines = linesOf(({ zone }) => zone);
export const statusLines = linesOf(({ status }) => status);
export const listenLines = linesOf(({ listen }) => listen);

/** How each server is told to send NOTIFY. */
export function notifyLines(zone: string): readonly string[] {
  return ALL_ADVICE.map(({ server, notify }) => `${server}: ${notify(zone)}`);
}

export function connectionLines(): readonly string[] {
  return ALL_ADVICE.map(({ server, connections }) => `${server}: ${connections}`);
}

export function clockLines(): readonly string[] {
  return [
    "the primary, whichever server it runs: chronyc tracking; chronyc makestep",
    "this machine: timedatectl status; timedatectl set-ntp true",
  ];
}

function linesOf(
  choose: (advice: Advice) => (place: ServerPlace) => string,
): (place: Place) => readonly string[] {
  return ({ zone, primary: { key, address, port } }) => {
    const place = { zone, key: namesOf(key), address, port };
    return ALL_ADVICE.map((advice) => `${advice.server}: ${choose(advice)(place)}`);
  };
}

function namesOf(key: TransferKey | undefined): ServerPlace["key"] {
  if (key === undefined) return { name: "NAME", id: "NAME", algorithm: "hmac-sha512" };
  const name = keyNameOf(key);
  return { name, id: withoutDot(name), algorithm: algorithmOf(key) };
}
