import type { CloudflareClient } from "../cloudflare/client";
import { isSecondaryDnsError, RefusedError, type SecondaryDnsError } from "../core/errors";
import type { Primary } from "../dns/primary";
import { PrimaryError } from "../dns/primary-error";
import { serialOf } from "../dns/serial";
import { tryKey } from "../dns/try-key";
import { tryTransfer } from "../dns/try-transfer";
import { transferKeyOf } from "./primaries";

interface Change {
  readonly accountId: string;
  readonly primary: Omit<Primary, "key">;
  /** Ids of the TSIGs. */
  readonly present: string | undefined;
  readonly next: string;
  readonly probeZone: string | undefined;
}

/** Something that a primary does for a key that it takes; "unsure" when it does not look at the key. */
type Trial = (server: Primary) => Promise<unknown>;

/**
 * Before a peer goes on with another key, tries it at the primary; throws when it certainly would not do. This
 * machine is not Cloudflare, so a trial that fails counts only when the present key passes it.
 */
export async function mustTakeKey(client: CloudflareClient, change: Change): Promise<void> {
  const { accountId, primary, present, next } = change;
  const key = await transferKeyOf(client, accountId, next);
  if (key === undefined) return;
  const presentKey = present === undefined ? undefined : await transferKeyOf(client, accountId, present);

  const say = (what: string) =>
    console.log(`Peer "${primary.name}" goes on with TSIG "${key.name}", ${what}`);
  let why = "";
  for (const [shown, trial] of trialsOf(change)) {
    const outcome = await outcomeOf(trial, { ...primary, key });
    if (outcome === "passed") {
      if (shown === "the key")
        say("which the primary knows; whether it transfers by it cannot be seen from here.");
      return;
    }
    if (outcome === "unsure") continue;
    const control = presentKey && (await outcomeOf(trial, { ...primary, key: presentKey }));
    if (isAnswer(outcome) && (control === "passed" || isWrongSecret(outcome))) {
      throw new RefusedError(
        `Peer "${primary.name}" stays with the TSIG it has: with "${key.name}" its transfers would fail. Other peers of the zone may have moved: mend this one, or go back to the old key.\n${outcome.message}`,
      );
    }
    why = outcome.message;
  }
  say(`which could not be tried from here. ${why}`.trimEnd());
}

/** The one that shows most comes first: transfers may be for Cloudflare's addresses alone. */
function trialsOf({ probeZone }: Change): readonly (readonly ["transfer" | "the key", Trial])[] {
  if (probeZone === undefined) return [["the key", (server) => tryKey(server)]];
  return [
    ["transfer", (server) => tryTransfer(server, probeZone)],
    ["the key", (server) => serialOf(server, probeZone)],
  ];
}

async function outcomeOf(trial: Trial, server: Primary): Promise<"passed" | "unsure" | SecondaryDnsError> {
  try {
    return (await trial(server)) === "unsure" ? "unsure" : "passed";
  } catch (error) {
    if (isSecondaryDnsError(error)) return error;
    throw error;
  }
}

/** Rather than silence on the way. */
function isAnswer(error: SecondaryDnsError): boolean {
  if (!(error instanceof PrimaryError)) return false;
  const { kind } = error.data.trouble;
  return kind !== "unreachable" && kind !== "silent";
}

function isWrongSecret(error: SecondaryDnsError): boolean {
  return error instanceof PrimaryError && error.data.trouble.kind === "wrong-secret";
}
