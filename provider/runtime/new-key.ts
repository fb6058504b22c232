import type { CloudflareClient } from "../cloudflare/client";
import { getTsig } from "../cloudflare/tsigs";
import { isSecondaryDnsError, RefusedError, type SecondaryDnsError } from "../core/errors";
import type { Primary, TransferKey } from "../dns/primary";
import { PrimaryError } from "../dns/primary-error";
import { serialOf } from "../dns/serial";
import type { PrimaryTrouble } from "../dns/trouble";
import { tryKey } from "../dns/try-key";

interface Change {
  readonly accountId: string;
  readonly primary: Omit<Primary, "key">;
  /** Ids of the TSIGs. */
  readonly present: string | undefined;
  readonly next: string;
  readonly probeZone: string | undefined;
}

const OF_THE_KEY: readonly PrimaryTrouble["kind"][] = ["unknown-key", "wrong-secret", "clock", "key-refused"];

/**
 * Before a peer goes on with another key, asks the primary whether it takes it; throws when it certainly does
 * not. This machine is not Cloudflare: only a primary that takes the present key from here is heard.
 */
export async function mustTakeKey(client: CloudflareClient, change: Change): Promise<void> {
  const { accountId, primary, present, next, probeZone } = change;
  const key = await keyOf(client, accountId, next);
  if (key === undefined) return;
  const refusal = await refusalOf({ ...primary, key }, probeZone);
  if (refusal === undefined) return;

  if (isOfTheKey(refusal)) {
    const control = present && (await keyOf(client, accountId, present));
    const isHeard = control && (await refusalOf({ ...primary, key: control }, probeZone)) === undefined;
    if (isHeard || refusal.data.trouble.kind === "wrong-secret") {
      throw new RefusedError(
        `Peer "${primary.name}" stays with the TSIG it has: with "${key.name}" its transfers would fail.\n${refusal.message}`,
      );
    }
  }
  console.log(
    `Peer "${primary.name}" goes on with TSIG "${key.name}", which could not be tried from here. ${refusal.message}`,
  );
}

function isOfTheKey(error: SecondaryDnsError): error is PrimaryError {
  return error instanceof PrimaryError && OF_THE_KEY.includes(error.data.trouble.kind);
}

/** What the primary says against a key, or why it cannot be asked; `undefined`: it takes the key. */
async function refusalOf(
  primary: Primary,
  probeZone: string | undefined,
): Promise<SecondaryDnsError | undefined> {
  try {
    await (probeZone === undefined ? tryKey(primary) : serialOf(primary, probeZone));
    return undefined;
  } catch (error) {
    if (!isSecondaryDnsError(error)) throw error;
    // It looked at the key first, and does not mind.
    const isAboutTheZone = error instanceof PrimaryError && error.data.trouble.kind === "not-authoritative";
    return isAboutTheZone ? undefined : error;
  }
}

async function keyOf(
  client: CloudflareClient,
  accountId: string,
  tsigId: string,
): Promise<TransferKey | undefined> {
  const tsig = await getTsig(client, accountId, tsigId);
  return tsig && { name: tsig.name, algorithm: tsig.algo, secret: tsig.secret };
}
