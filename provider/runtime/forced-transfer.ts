import type { CloudflareClient } from "../cloudflare/client";
import { forceTransfer, getIncoming, type Incoming } from "../cloudflare/incoming";
import { withoutDot } from "../core/domain-name";
import { waitUntil } from "../core/wait";
import {
  causeOf,
  isHopeless,
  latestSerial,
  transfersHere,
  UNKNOWN_CAUSE,
  viewPrimaries,
} from "./primary-view";
import { isTransferred, serialAdvice } from "./transfer-verdict";

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
  const { zoneId, start, timeoutSeconds, mustProve } = forced;
  const zone = { zoneId, accountId: forced.accountId, zoneName: withoutDot(start.name), peers: start.peers };
  const { zoneName } = zone;
  const views = await viewPrimaries(client, zone);
  for (const view of views.filter(isHopeless)) {
    console.log(`Unless this is mended, the transfer of ${zoneName} cannot come. ${causeOf(view)}`);
  }
  const wanted = latestSerial(views);
  const expected = { serial: wanted, isOpen: mustProve && !transfersHere(views, start.peers.length) };
  const advice = serialAdvice(zoneName, start, expected);
  if (advice !== undefined) console.log(advice);
  await forceTransfer(client, zoneId);
  const subject = `zone ${zoneName} to be transferred`;
  const { observed, failure } = await waitUntil(start, {
    subject,
    timeoutSeconds,
    look: async () => (await getIncoming(client, zoneId)) ?? start,
    judge: (now) => ({ kind: isTransferred(start, now, expected) ? "reached" : "wait" }),
  });
  if (failure === undefined) {
    const isSeen = wanted !== undefined || observed.soa_serial !== start.soa_serial;
    const outcome = isSeen
      ? "is transferred"
      : "is as it was: Cloudflare has looked at its primaries, and whether they have more cannot be seen from here";
    console.log(`Zone ${zoneName} ${outcome}. ${serials(observed, wanted)}.`);
    return { incoming: observed };
  }
  const seen = await viewPrimaries(client, zone);
  const causes = seen.length > 0 ? seen.map(causeOf) : [`Next: ${UNKNOWN_CAUSE}`];
  const serial = latestSerial(seen);
  const late = serialAdvice(zoneName, observed, { serial, isOpen: mustProve || serial !== undefined });
  return {
    incoming: observed,
    failure: [
      `Gave up waiting for ${subject}: ${failure}. ${serials(observed, serial)}.`,
      ...(late === undefined ? [] : [late]),
      ...causes,
      "Then run the command again.",
    ].join("\n"),
  };
}

function serials({ soa_serial }: Incoming, primary: number | undefined): string {
  return `Cloudflare's serial is ${soa_serial || "none"}, the primary's ${primary ?? "is not known here"}`;
}
