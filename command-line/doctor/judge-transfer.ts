import { decideTransfer } from "../../provider/chain/decide/decide";
import type { Harm } from "../../provider/chain/decide/decision";
import { harmLines } from "../../provider/chain/decide/describe";
import { signsForDs } from "../../provider/chain/guard/signs-for-ds";
import { servedSerial } from "../../provider/chain/guard/transfer-progress";
import type { PrimaryView } from "../../provider/chain/view/chain-view";
import { setsOf } from "../../provider/chain/view/parent-view";
import { success } from "../../provider/dns/failure";
import { isOlder } from "../../provider/dns/serial-order";
import { type Found, fault } from "./finding";
import { differingPrimaries } from "./judge-differences";
import type { AskedPrimary, Seen } from "./seen";
import { servingBy } from "./serving";
import { spanOf } from "./words";

/** What a transfer from a primary would do to a presigned zone, by the measure that "pulumi up" goes by. */
function harmsOf(seen: Seen, { primary, view }: Pick<AskedPrimary, "primary" | "view">): readonly Harm[] {
  const serving = servingBy(seen.dnssec);
  if (isDark(seen)) return [];
  const chain = {
    ...seen.chain,
    primaries: [{ primary, view: success(view) }],
    secondary: seen.nameServers.map((each) => each.view),
  };
  return decideTransfer(chain, serving, { isMoving: false, served: undefined }).harms;
}

/** Nobody validates what is served now: there is nothing that a transfer could break. */
function isDark({ zoneName, chain: { parent }, nameServers }: Seen): boolean {
  const served = nameServers.flatMap(({ view }) => (view.ok ? [view.value] : []));
  if (parent.kind === "unknown" || served.length === 0) return false;
  return setsOf(parent).every(
    ({ ds }) => ds.length > 0 && served.every((view) => !signsForDs(view, zoneName, ds)),
  );
}

/** Whether the next transfer from a primary would do harm. */
export function isHarmful(seen: Seen, { primary, view }: PrimaryView): boolean {
  const served = seen.incoming && servedSerial(seen.incoming, undefined);
  if (!view.ok || served === undefined || !isOlder(served, view.value.serial)) return false;
  return harmsOf(seen, { primary, view: view.value }).length > 0;
}

/** A newer serial that Cloudflare takes at its next check, and that resolvers cannot validate then. */
export function judgeTransfer(seen: Seen, asked: AskedPrimary, served: number): Found | undefined {
  const harms = harmsOf(seen, asked);
  if (harms.length === 0) return undefined;
  const { zoneName, incoming } = seen;
  // The way out of one primary's keys is not that of two which have to sign alike.
  const isOneOfTwo = differingPrimaries(seen)?.some(({ primary }) => primary === asked.primary) ?? false;
  const order = isOneOfTwo
    ? ["  Then have the primaries sign with the same keys, as described below."]
    : harmLines(zoneName, harms, "let Cloudflare transfer it").flat();
  return fault(
    "transfer-harms",
    `${asked.name} has ${zoneName} with serial ${asked.view.serial}, and Cloudflare has ${served}: transferring it would take the zone off the air${isOneOfTwo ? "" : ", for the reasons below"}.`,
    `keep Cloudflare from transferring it: send no NOTIFY, and refuse Cloudflare's transfers there, since it checks every ${spanOf(incoming?.auto_refresh_seconds ?? 0)} even without a NOTIFY.`,
    ...order,
  );
}
