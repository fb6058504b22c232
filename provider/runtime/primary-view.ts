import type { CloudflareClient } from "../cloudflare/client";
import { getZone } from "../cloudflare/zones";
import { isSecondaryDnsError } from "../core/errors";
import { keptOut } from "../dns/kept-out";
import type { Primary } from "../dns/primary";
import { PrimaryError } from "../dns/primary-error";
import { serialOf } from "../dns/serial";
import { isAtLeast } from "../dns/serial-order";
import { tryTransfer } from "../dns/try-transfer";
import { primariesOf } from "./primaries";

/** What a primary lets this machine see of a zone. */
export interface PrimaryView {
  readonly zoneName: string;
  readonly primary: Primary;
  readonly serial?: number;
  /** Why it does not transfer the zone to this machine. */
  readonly refusal?: PrimaryError;
  /** Whether it answers a question that is signed by the key. */
  readonly takesKey: boolean;
}

export interface ZoneToView {
  readonly zoneId: string;
  readonly zoneName: string;
  /** Of the peers; the zone tells it too, to a token that may read zones. */
  readonly accountId: string | undefined;
  readonly peers: readonly string[];
}

/**
 * Asks all primaries of a zone, with the keys that Cloudflare has. To help, not to stand in the way: what
 * the token may not read is told, and not seen.
 */
export async function viewPrimaries(
  client: CloudflareClient,
  { zoneId, zoneName, accountId: given, peers }: ZoneToView,
): Promise<readonly PrimaryView[]> {
  try {
    const accountId = given ?? (await getZone(client, zoneId))?.account?.id;
    if (accountId === undefined) return [];
    const { primaries, problems } = await primariesOf(client, accountId, peers);
    for (const problem of problems) console.log(problem);
    return await Promise.all(primaries.map((primary) => viewOf(primary, zoneName)));
  } catch (error) {
    if (!isSecondaryDnsError(error)) throw error;
    console.log(`The primaries of ${zoneName} could not be asked: ${error.message}`);
    return [];
  }
}

/** Whether each of so many peers could be asked, and gives the zone to this machine. */
export function transfersHere(views: readonly PrimaryView[], peers: number): boolean {
  return views.length === peers && views.every(({ refusal }) => refusal === undefined);
}

async function viewOf(primary: Primary, zoneName: string): Promise<PrimaryView> {
  try {
    return { zoneName, primary, serial: (await tryTransfer(primary, zoneName)).serial, takesKey: true };
  } catch (refusal) {
    if (!(refusal instanceof PrimaryError)) throw refusal;
    const { key, ...unsigned } = primary;
    const signed = await serialOf(primary, zoneName).catch(() => undefined);
    // The SOA is for everybody, but for nobody whose key may not be used from here.
    const serial = signed ?? (await serialOf(unsigned, zoneName).catch(() => undefined));
    const takesKey = key !== undefined && signed !== undefined;
    return { zoneName, primary, refusal, takesKey, ...(serial === undefined ? {} : { serial }) };
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
export function causeOf({ zoneName, primary, refusal, takesKey }: PrimaryView): string {
  const kind = refusal?.data.trouble.kind;
  if (refusal === undefined) return keptOut({ zoneName, primary }, "transfers here");
  // Knot calls a key unknown that may not transfer from here.
  if (kind === "refused" || (kind === "unknown-key" && takesKey)) {
    return keptOut({ zoneName, primary }, "takes the key");
  }
  if (kind !== "unreachable" && kind !== "silent") return refusal.message;
  return `${refusal.message}\nIf it is meant to answer Cloudflare alone, ${UNKNOWN_CAUSE}`;
}

/** Whether the transfer cannot come, whoever asks for it and from where. */
export function isHopeless({ refusal }: PrimaryView): boolean {
  const kind = refusal?.data.trouble.kind;
  return kind === "wrong-secret" || kind === "key-refused";
}
