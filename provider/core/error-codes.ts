/** The codes of this package's errors; docs/troubleshooting.md has a chapter for each. */
export const errorCodes = [
  "SECONDARY_DNS_API",
  "SECONDARY_DNS_NETWORK",
  "SECONDARY_DNS_UNEXPECTED_ANSWER",
  "SECONDARY_DNS_SETTINGS",
  "SECONDARY_DNS_INPUT",
  "SECONDARY_DNS_REFUSED",
  "SECONDARY_DNS_WAIT",
  "SECONDARY_DNS_PRIMARY",
  "SECONDARY_DNS_WIRE",
] as const;
/** The code of one of this package's errors. */
export type ErrorCode = (typeof errorCodes)[number];
