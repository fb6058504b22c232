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
