import type { CloudflareClient } from "../cloudflare/client";
import { forceTransfer, getIncoming, type Incoming } from "../cloudflare/incoming";
import { withoutDot } from "../core/domain-name";
import { waitUntil } from "../core/wait";
import { isAtLeast } from "../dns/serial-order";
import {
  causeOf,
  isHopeless,
  latestSerial,
  transfersHere,
  UNKNOWN_CAUSE,
  viewPrimaries,
} from "./primary-view";

export interface Transferred {
  readonly incoming: Incoming;
  /** Why the transfer was not seen, with what to do. */
  readonly failure?: string;
}

export interface ForcedTransfer {
  readonly zoneId: string;
  /** The peers' account, which else the zone tells. */
  readonly accountId: string | undefined;
  readonly start: Incoming;
  readonly timeoutSeconds: number;
  /** Whether it is open that transfers work at all as things are now: with other peers, or another key. */
  readonly mustProve: boolean;
}

/**
 * Forces a transfer and waits until Cloudflare has what the primaries have now. Cloudflare tells nobody why
 * a transfer failed, so this machine asks the primaries too, with the same key.
 */
export async function forceAndWait(client: CloudflareClient, forced: ForcedTransfer): Promise<Transferred> {
  const { zoneId, start, timeoutSeconds } = forced;
  const zone = { zoneId, accountId: forced.accountId, zoneName: withoutDot(start.name), peers: start.peers };
  const { zoneName } = zone;
  const views = await viewPrimaries(client, zone);
  for (const view of views.filter(isHopeless)) {
    console.log(`Unless this is mended, the transfer of ${zoneName} cannot come. ${causeOf(view)}`);
  }
  const wanted = latestSerial(views);
  const isOpen = forced.mustProve && !transfersHere(views);
  if (isOpen && start.soa_serial && start.soa_serial === wanted) console.log(raiseSerial(zoneName));
  await forceTransfer(client, zoneId);
  const subject = `zone ${zoneName} to be transferred`;
  const { observed, failure } = await waitUntil(start, {
    subject,
    timeoutSeconds,
    look: async () => (await getIncoming(client, zoneId)) ?? start,
    judge: (now) => ({ kind: isTransferred(start, now, wanted, isOpen) ? "reached" : "wait" }),
  });
  if (failure === undefined) {
    console.log(`Zone ${zoneName} is transferred. ${serials(observed, wanted)}.`);
    return { incoming: observed };
  }
  const seen = await viewPrimaries(client, zone);
  const causes = seen.length > 0 ? seen.map(causeOf) : [`Next: ${UNKNOWN_CAUSE}`];
  const isSame = observed.soa_serial && observed.soa_serial === latestSerial(seen);
  return {
    incoming: observed,
    failure: [
      `Gave up waiting for ${subject}: ${failure}. ${serials(observed, latestSerial(seen))}.`,
      ...(isSame ? [raiseSerial(zoneName)] : []),
      ...causes,
      "Then run the command again.",
    ].join("\n"),
  };
}

/**
 * No less than the primary had, and a first serial or a new one. Cloudflare looks at the primary, and says so,
 * also when it is refused: with the old serial a look proves nothing, unless this machine gets the zone.
 */
function isTransferred(
  before: Incoming,
  now: Incoming,
  wanted: number | undefined,
  isOpen: boolean,
): boolean {
  if (!now.soa_serial || (wanted !== undefined && !isAtLeast(now.soa_serial, wanted))) return false;
  if (now.soa_serial !== before.soa_serial) return true;
  return !isOpen && now.checked_time !== before.checked_time;
}

function raiseSerial(zoneName: string): string {
  return `Raise the SOA serial of ${zoneName} at its primary: while it stays, nobody can see whether Cloudflare's transfers work as they are set up now.`;
}

function serials({ soa_serial }: Incoming, primary: number | undefined): string {
  return `Cloudflare's serial is ${soa_serial || "none"}, the primary's ${primary ?? "is not known here"}`;
}
