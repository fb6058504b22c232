import { type Dnskey, type DsData, isDsOf, isRevoked, keyTagOf } from "./ds";
import type { Signature } from "./resource-record";
import { isInForce } from "./verify-signature";

const ZONE_KEY = 0x0100;
/** Secure entry point (RFC 4034 section 2.1.1). */
const SEP = 0x0001;

export interface KeySet {
  readonly zoneName: string;
  readonly dnskeys: readonly Dnskey[];
  /** What signs the set of keys. */
  readonly signatures: readonly Signature[];
  readonly cds: readonly DsData[];
}

/** Which keys the parent should have a DS of; none where nothing signs. The time is in milliseconds. */
export function selectKeys(
  { zoneName, dnskeys, signatures: all, cds }: KeySet,
  now: number,
): readonly Dnskey[] {
  const signatures = all.filter((signature) => isInForce(signature, now));
  // The zone says itself which it wants. What names no key, or none that signs, would break the
  // delegation and is ignored (RFC 7344 section 4.1).
  const usable = dnskeys.filter(isZoneKey);
  const named = usable.filter((dnskey) => cds.some((each) => isDsOf(each, zoneName, dnskey)));
  if (named.some((dnskey) => signs(dnskey, signatures))) return named;
  return entryPoints(usable).filter((dnskey) => signs(dnskey, signatures));
}

/** Those that the zone marks as a way in; all of them where none is, since no validator looks at that bit. */
export function entryPoints(keys: readonly Dnskey[]): readonly Dnskey[] {
  const marked = keys.filter(({ flags }) => (flags & SEP) !== 0);
  return marked.length > 0 ? marked : keys;
}

/** `0 0 0 00` alone asks for the DS to be taken away (RFC 8078 section 4). */
export function asksForNoDs(cds: readonly DsData[]): boolean {
  const [first, ...others] = cds;
  if (first === undefined || others.length > 0) return false;
  const { keyTag, algorithm, digestType, digest } = first;
  return keyTag === 0 && algorithm === 0 && digestType === 0 && digest === "00";
}

/** Of which a validator takes a DS. */
function isZoneKey(dnskey: Dnskey): boolean {
  return (dnskey.flags & ZONE_KEY) !== 0 && !isRevoked(dnskey);
}

/** A key that is published and does not sign yet would make every answer bogus. */
function signs(dnskey: Dnskey, signatures: readonly Signature[]): boolean {
  const { algorithm } = dnskey;
  const keyTag = keyTagOf(dnskey);
  return signatures.some(
    (each) => each.covers === "DNSKEY" && each.keyTag === keyTag && each.algorithm === algorithm,
  );
}
