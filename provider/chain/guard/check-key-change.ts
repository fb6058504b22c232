import { say } from "../../core/call-scope";
import { RefusedError } from "../../core/errors";
import { withoutDot } from "../../dns/domain-name";
import type { DnsFailure, Result } from "../../dns/failure";
import type { Primary, TransferKey } from "../../dns/primary";
import { probeKey } from "../../dns/probe-key";
import { probeTransfer } from "../../dns/probe-transfer";
import { serialOf } from "../../dns/serial";
import { describeFailure, summarizeFailure } from "../../primary/primary-error";
import { howToForce, tellForced } from "../run/force";

/** A peer that is to go on with another key, another address or both. */
export interface PeerChange {
  /** As messages call the peer. */
  readonly peerName: string;
  /** Without a key it is asked without TSIG. */
  readonly current: Primary;
  readonly next: Primary;
  /** A zone to ask about. */
  readonly probeZone: string | undefined;
  /** Whether this run is to change it all the same. */
  readonly isForced: boolean;
  /** What stays as it is when the change is refused, e.g. `Peer "ns1" stays with the TSIG it has`. */
  readonly stays: string;
  /** What to do when it is refused; left out, what to change at the primary. */
  readonly remedy?: string | undefined;
}

/** Something that a primary does for a key that it accepts; "unsure" when it does not look at the key. */
type Trial = (server: Primary) => Promise<Result<unknown>>;

/** Two servers may be silent, and somebody waits. */
const OPTIONS = { timeoutMs: 3_000 };

/**
 * Before a peer moves to another key or address, tries it at the primary; throws when it certainly would not do.
 * This machine is not Cloudflare, so a trial that fails counts only when what is there now passes it.
 */
export async function checkPeerChange(change: PeerChange): Promise<void> {
  const { peerName, current, next } = change;
  const moves = `Peer "${peerName}" moves to ${nameOf(change, "TSIG ")}`;
  let why = "";
  for (const [shown, trial] of trialsOf(change)) {
    const [outcome, control] = await Promise.all([trial(next), trial(current)]);
    if (outcome.ok && outcome.value === "unsure") continue;
    if (outcome.ok) {
      if (shown === "the key")
        say(`${moves}: ${seenOf(change)}, and whether it transfers the zone cannot be seen from here.`);
      return;
    }
    const { failure } = outcome;
    const isSettled = control.ok && control.value !== "unsure";
    if (isWrongSecret(failure) || (isSettled && (isResponse(failure) || isMoved(current, next)))) {
      return refuse(change, whyNot(change, failure));
    }
    why = summarizeFailure(failure);
    if (!isResponse(failure)) break;
  }
  say(`${moves}, which could not be tried from here. ${why}`.trimEnd());
}

function whyNot(change: PeerChange, failure: DnsFailure): string {
  const { stays, remedy } = change;
  const advice =
    remedy === undefined ? describeFailure(failure) : `${summarizeFailure(failure)}\nNext: ${remedy}`;
  return `${stays}: with ${nameOf(change, "")} its transfers would fail.\n${advice}`;
}

/** Only a zone can be named in the environment, so a key that is tried without one has no such way. */
function refuse({ probeZone, isForced }: PeerChange, why: string): void {
  if (probeZone === undefined) throw new RefusedError(why);
  if (!isForced) throw new RefusedError(`${why}\n${howToForce(probeZone)}`);
  tellForced(probeZone, why);
}

/** What is new about it: the place, or else the key or what is in it. */
function nameOf({ current, next }: PeerChange, kind: "TSIG " | ""): string {
  if (isMoved(current, next)) return `${next.address} port ${next.port}`;
  if (next.key === undefined) return "no TSIG";
  const { name, algorithm } = next.key;
  if (name !== current.key?.name) return `${kind}"${name}"`;
  return algorithm === current.key.algorithm
    ? `the new secret of ${kind}"${name}"`
    : `${kind}"${name}" as ${withoutDot(algorithm)}`;
}

/** What a trial of the key alone has shown. */
function seenOf({ current, next }: PeerChange): string {
  if (next.key === undefined) return "the primary responds without one";
  return isMoved(current, next) ? "the server there knows the key" : "the primary knows it";
}

function isMoved(current: Primary, next: Primary): boolean {
  return current.address !== next.address || current.port !== next.port;
}

/** The one that shows most comes first: transfers may be for Cloudflare's addresses alone. */
function trialsOf({ probeZone }: PeerChange): readonly (readonly ["transfer" | "the key", Trial])[] {
  if (probeZone === undefined) return [["the key", (server) => probeKey(server, OPTIONS)]];
  return [
    ["transfer", (server) => probeTransfer(server, probeZone, OPTIONS)],
    ["the key", (server) => serialOf(server, probeZone, OPTIONS)],
  ];
}

/** Rather than silence on the way. */
function isResponse({ cause: { kind } }: DnsFailure): boolean {
  return kind !== "unreachable" && kind !== "silent";
}

function isWrongSecret({ cause: { kind } }: DnsFailure): boolean {
  return kind === "wrong-secret";
}

export function isSameKey(some: TransferKey | undefined, other: TransferKey | undefined): boolean {
  if (some === undefined || other === undefined) return some === other;
  return (
    some.name === other.name &&
    some.algorithm === other.algorithm &&
    some.secret.reveal() === other.secret.reveal()
  );
}
