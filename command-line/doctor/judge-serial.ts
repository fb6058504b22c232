import { servedSerial } from "../../provider/chain/guard/transfer-progress";
import type { Primary } from "../../provider/dns/primary";
import { nameAndAddress } from "../../provider/dns/primary";
import { farthestFrom, isAtLeast, isOlder, laterThan } from "../../provider/dns/serial-order";
import { type Found, fault, warning } from "./finding";
import { judgeTransfer } from "./judge-transfer";
import type { AskedPrimary, Seen } from "./seen";
import { nameWithin, notifyAdvice } from "./words";

/** Whether Cloudflare has what a primary has, and may have it. */
export function judgeSerial(seen: Seen, asked: AskedPrimary): Found[] {
  const { incoming } = seen;
  const { serial } = asked.view;
  const served = incoming && servedSerial(incoming, serial);
  if (incoming === undefined || served === undefined || served === serial) return [];
  return [isOlder(serial, served) ? older(seen, asked, served) : newer(seen, asked, served)];
}

function older(seen: Seen, { primary, name, view: { serial } }: AskedPrimary, served: number): Found {
  const { zoneName } = seen;
  const source = sourceOf(seen, primary, served);
  if (source !== undefined)
    return warning(
      "primary-lags",
      `${name} has ${zoneName} with serial ${serial} and lags behind the primary ${nameAndAddress(source.primary)}, which has ${source.serial}: Cloudflare gets nothing new from the one that lags.`,
      "find out why it does not get what the other has; it has to transfer the zone from there, or get the same file.",
    );
  // Two steps lead round the circle to any serial but the one just before.
  const isSlight = served === (serial + 1) >>> 0;
  return fault(
    "serial-ahead",
    `${name} has ${zoneName} with serial ${serial}, older than ${served}, which Cloudflare has: a secondary does not go back (RFC 1982).`,
    `raise the serial there ${laterThan(served, serial)}.`,
    ...(isSlight
      ? []
      : [
          `If ${served} was a mistake: set the serial there to ${farthestFrom(served)}, wait until Cloudflare has that, then set the serial that you want, ${serial} or higher.`,
        ]),
  );
}

/** Another primary that Cloudflare may have its serial from. */
function sourceOf({ chain }: Seen, primary: Primary, served: number) {
  const others = chain.primaries.flatMap(({ primary: other, view }) =>
    other !== primary && view.ok ? [{ primary: other, serial: view.value.serial }] : [],
  );
  return others.find(({ serial }) => isAtLeast(serial, served));
}

function newer(seen: Seen, asked: AskedPrimary, served: number): Found {
  const { incoming, zoneName, now } = seen;
  const harm = judgeTransfer(seen, asked, served);
  if (harm !== undefined) return harm;
  const looked = Date.parse(incoming?.checked_time ?? "");
  const isLate = !(now - looked < (incoming?.auto_refresh_seconds ?? 0) * 1_000);
  return (isLate ? fault : warning)(
    "serial-behind",
    `Cloudflare has ${zoneName} with serial ${served}, and ${nameWithin(asked.name)} has ${asked.view.serial}.`,
    "make sure that the primary sends NOTIFY to Cloudflare's addresses and lets them transfer, as npx pulumi-secondary-dns primary-config shows. To send one now:",
    ...notifyAdvice(zoneName),
  );
}
