const HALF = 2 ** 31;

/**
 * Serial arithmetic (RFC 1982 3.2): whether a serial is newer than another. Of two that are half the
 * circle apart neither is.
 */
export function isNewer(serial: number, than: number): boolean {
  const ahead = (serial - than) >>> 0;
  return ahead > 0 && ahead < HALF;
}
