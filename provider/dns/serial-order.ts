/**
 * Whether `serial` is `other` or a later one (RFC 1982 section 3.2). Two that are exactly half the
 * circle apart have no order: then it is false both ways.
 */
export function isAtLeast(serial: number, other: number): boolean {
  return (serial - other) >>> 0 < 0x8000_0000;
}

/** Whether `serial` comes before `other`. */
export function isOlder(serial: number, other: number): boolean {
  return serial !== other && isAtLeast(other, serial);
}

const LAST = 0xffff_ffff;

/**
 * Which serials come after one, in words that go on after "raise the serial". After the last the circle begins again, and
 * not with 0, which Cloudflare shows of a zone that it has never transferred. `present`: the one that is to be raised.
 */
export function laterThan(serial: number, present = 0): string {
  if (serial === LAST) return `to 1, which comes after ${LAST}`;
  return present > serial
    ? `to one from ${serial + 1} to ${farthestFrom(serial)}: those come after ${serial}`
    : `above ${serial}`;
}

/** As far as one step leads up (RFC 1982 section 3.1): from there a serial that lies behind is ahead. */
export function farthestFrom(serial: number): number {
  return (serial + 0x7fff_ffff) >>> 0;
}
