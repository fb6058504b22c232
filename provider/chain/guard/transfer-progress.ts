import { isAtLeast, laterThan } from "../../dns/serial-order";

/** What Cloudflare tells of a zone's transfers. */
export interface Transfers {
  readonly soa_serial?: number | null | undefined;
  readonly checked_time?: string | null | undefined;
}

/** What is known of the primaries from here. */
export interface Expectation {
  /** The latest serial that they have, if they can be asked. */
  readonly serial: number | undefined;
  /** Whether only a new serial shows that Cloudflare's transfers work as they are set up now. */
  readonly isOpen: boolean;
}

/**
 * Whether Cloudflare has what the primaries have. It looks at a primary, and says so, also when it is refused: a look
 * that finds the old serial proves nothing by itself.
 */
export function isTransferred(before: Transfers, now: Transfers, { serial, isOpen }: Expectation): boolean {
  const ours = servedSerial(now, serial);
  if (ours === undefined || (serial !== undefined && !isAtLeast(ours, serial))) return false;
  if (ours !== servedSerial(before, serial)) return true;
  // One that is ahead of the primaries' came from elsewhere, and stands in the way of theirs.
  if (serial !== undefined && ours !== serial) return false;
  return !isOpen && now.checked_time !== before.checked_time;
}

/**
 * The serial that Cloudflare serves. Before the first transfer it shows 0, which is a serial like any other where the
 * primary has just that and Cloudflare has looked.
 */
export function servedSerial(
  { soa_serial: shown, checked_time: looked }: Transfers,
  primary: number | undefined,
): number | undefined {
  if (shown === 0) return primary === 0 && looked ? 0 : undefined;
  return shown ?? undefined;
}

/** Why no transfer can show itself by the serial, and what to do. */
export function serialAdvice(
  zoneName: string,
  before: Transfers,
  { serial, isOpen }: Expectation,
): string | undefined {
  const ours = servedSerial(before, serial);
  if (ours === undefined || (serial !== undefined && !isAtLeast(ours, serial))) return undefined;
  if (serial !== undefined && ours !== serial)
    return `Raise the SOA serial of ${zoneName} at its primary ${laterThan(ours)}, which Cloudflare has: an older one is not transferred (RFC 1982).`;
  if (!isOpen) return undefined;
  return `Raise the SOA serial of ${zoneName} at its primary: while it stays the same, nobody can tell whether Cloudflare's transfers work with the current settings.`;
}
