import type { CloudflareClient } from "../cloudflare/client";
import { forceTransfer, getIncoming, type Incoming } from "../cloudflare/incoming";
import { waitUntil } from "../core/wait";
import { isAtLeast } from "../dns/serial";
import { withoutDot } from "./fields";
import { causeOf, isHopeless, latestSerial, UNKNOWN_CAUSE, viewPrimaries } from "./primary-view";

export interface Transferred {
  readonly incoming: Incoming;
  /** Why the transfer was not seen, with what to do. */
  readonly failure?: string;
}

/**
 * Forces a transfer and waits until Cloudflare has what the primaries have now. Cloudflare tells nobody why
 * a transfer failed, so this machine asks the primaries too, with the same key.
 */
export async function forceAndWait(
  client: CloudflareClient,
  zoneId: string,
  start: Incoming,
  timeoutSeconds: number,
): Promise<Transferred> {
  const zoneName = withoutDot(start.name);
  const look = () => viewPrimaries(client, zoneId, zoneName, start.peers);
  const views = await look();
  for (const view of views.filter(isHopeless)) {
    console.log(`Unless this is mended, the transfer of ${zoneName} cannot come. ${causeOf(view)}`);
  }
  const wanted = latestSerial(views);
  await forceTransfer(client, zoneId);
  const subject = `zone ${zoneName} to be transferred`;
  const { observed, failure } = await waitUntil(start, {
    subject,
    timeoutSeconds,
    look: async () => (await getIncoming(client, zoneId)) ?? start,
    judge: (now) => ({ kind: isTransferred(start, now, wanted) ? "reached" : "wait" }),
  });
  if (failure === undefined) {
    console.log(`Zone ${zoneName} is transferred. ${serials(observed, wanted)}.`);
    return { incoming: observed };
  }
  const seen = await look();
  const causes = seen.length > 0 ? seen.map(causeOf) : [`Next: ${UNKNOWN_CAUSE}`];
  return {
    incoming: observed,
    failure: [
      `Gave up waiting for ${subject}: ${failure}. ${serials(observed, latestSerial(seen))}.`,
      ...causes,
      "Then run the command again.",
    ].join("\n"),
  };
}

/** A first serial, or a later look at the primary than the one before; and no less than the primary had. */
function isTransferred(before: Incoming, now: Incoming, wanted: number | undefined): boolean {
  if (!now.soa_serial || (before.soa_serial && now.checked_time === before.checked_time)) return false;
  return wanted === undefined || isAtLeast(now.soa_serial, wanted);
}

function serials({ soa_serial }: Incoming, primary: number | undefined): string {
  return `Cloudflare's serial is ${soa_serial || "none"}, the primary's ${primary ?? "is not known here"}`;
}
