import { isAtLeast } from "../dns/serial-order";

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
  if (!now.soa_serial || (serial !== undefined && !isAtLeast(now.soa_serial, serial))) return false;
  if (now.soa_serial !== before.soa_serial) return true;
  // One that is ahead of the primaries' came from elsewhere, and stands in the way of theirs.
  if (serial !== undefined && now.soa_serial !== serial) return false;
  return !isOpen && now.checked_time !== before.checked_time;
}

/** Why no transfer can show itself by the serial, and what to do. */
export function serialAdvice(
  zoneName: string,
  { soa_serial: ours }: Transfers,
  { serial, isOpen }: Expectation,
): string | undefined {
  if (!ours || (serial !== undefined && !isAtLeast(ours, serial))) return undefined;
  if (serial !== undefined && ours !== serial)
    return `Raise the SOA serial of ${zoneName} at its primary above ${ours}, which Cloudflare has: an older one is not transferred (RFC 1982).`;
  if (!isOpen) return undefined;
  return `Raise the SOA serial of ${zoneName} at its primary: while it stays, nobody can see whether Cloudflare's transfers work as they are set up now.`;
}
