import type { CloudflareClient } from "../cloudflare/client";
import { getZone } from "../cloudflare/zones";
import { isSecondaryDnsError } from "../core/errors";
import { keptOut } from "../dns/kept-out";
import type { Primary } from "../dns/primary";
import { PrimaryError } from "../dns/primary-error";
import { isAtLeast, serialOf } from "../dns/serial";
import { tryTransfer } from "../dns/try-transfer";
import { primariesOf } from "./primaries";

/** What a primary lets this machine see of a zone. */
export interface PrimaryView {
  readonly zoneName: string;
  readonly primary: Primary;
  readonly serial?: number;
  /** Why it does not transfer the zone to this machine. */
  readonly refusal?: PrimaryError;
}

/**
 * Asks all primaries of a zone, with the keys that Cloudflare has. To help, not to stand in the way: a
 * token that cannot read zones or peers sees nothing.
 */
export async function viewPrimaries(
  client: CloudflareClient,
  zoneId: string,
  zoneName: string,
  peerIds: readonly string[],
): Promise<readonly PrimaryView[]> {
  try {
    const accountId = (await getZone(client, zoneId))?.account?.id;
    if (accountId === undefined) return [];
    const primaries = await primariesOf(client, accountId, peerIds);
    return await Promise.all(primaries.map((primary) => viewOf(primary, zoneName)));
  } catch (error) {
    if (isSecondaryDnsError(error)) return [];
    throw error;
  }
}

async function viewOf(primary: Primary, zoneName: string): Promise<PrimaryView> {
  try {
    return { zoneName, primary, serial: (await tryTransfer(primary, zoneName)).serial };
  } catch (refusal) {
    if (!(refusal instanceof PrimaryError)) throw refusal;
    const { key: _, ...unsigned } = primary;
    // The SOA is for everybody; Knot refuses it too when it is signed by a key that this address may not use.
    const serial = await serialOf(primary, zoneName)
      .catch(() => serialOf(unsigned, zoneName))
      .catch(() => undefined);
    return { zoneName, primary, refusal, ...(serial === undefined ? {} : { serial }) };
  }
}

/** The latest serial that any of them has. */
export function latestSerial(views: readonly PrimaryView[]): number | undefined {
  const serials = views.flatMap(({ serial }) => (serial === undefined ? [] : [serial]));
  return serials.reduce<number | undefined>(
    (latest, serial) => (latest === undefined || isAtLeast(serial, latest) ? serial : latest),
    undefined,
  );
}

/** For where this machine cannot see more than Cloudflare's silence. */
export const UNKNOWN_CAUSE =
  "check at the primary that it has the TSIG key, allows transfers to Cloudflare's addresses with it, and what its log says.";

/** Why Cloudflare gets no transfer, as far as it can be seen from here, and what to change. */
export function causeOf({ zoneName, primary, refusal }: PrimaryView): string {
  const kind = refusal?.data.trouble.kind;
  if (refusal === undefined) return keptOut({ zoneName, primary }, "transfers here");
  if (kind === "refused") return keptOut({ zoneName, primary }, "takes the key");
  if (kind !== "unreachable" && kind !== "silent") return refusal.message;
  return `${refusal.message}\nIf it is meant to answer Cloudflare alone, ${UNKNOWN_CAUSE}`;
}

/** Whether the transfer cannot come, whoever asks for it. */
export function isHopeless({ refusal }: PrimaryView): boolean {
  const kind = refusal?.data.trouble.kind;
  return kind === "wrong-secret" || kind === "clock" || kind === "key-refused" || kind === "no-key";
}
