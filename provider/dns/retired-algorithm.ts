/** RFC 8624 section 3.1. */
const ABANDONED: Readonly<Record<number, string>> = {
  1: "RSAMD5",
  3: "DSA",
  6: "DSA-NSEC3-SHA1",
  12: "ECC-GOST",
};

/** RFC 9905, of October 2025: zones are still signed by them, and have a DS that must stay as long. */
const SHA1: Readonly<Record<number, string>> = { 5: "RSASHA1", 7: "RSASHA1-NSEC3-SHA1" };

/** Those of which no zone needs a DS. */
export const ABANDONED_ALGORITHMS: readonly number[] = Object.keys(ABANDONED).map(Number);

/** The name of an algorithm of which no DS may be created any more; `undefined` for any other. */
export function retiredAlgorithm(algorithm: number): string | undefined {
  return ABANDONED[algorithm] ?? SHA1[algorithm];
}
