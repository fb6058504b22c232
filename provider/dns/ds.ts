import { createHash } from "node:crypto";
import { withoutDot } from "./domain-name";
import { canonicalName } from "./name";

/** A DNSKEY record (RFC 4034 section 2). The protocol is always 3: the decoder refuses another. */
export interface Dnskey {
  readonly flags: number;
  readonly algorithm: number;
  readonly publicKey: Buffer;
}

/** The content of a DS or CDS record (RFC 4034 section 5, RFC 7344), whatever its digest type. */
export interface DsData {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  /** Upper-case hex. */
  readonly digest: string;
}

/** A DS to publish: SHA-256 (RFC 4509) or SHA-384 (RFC 6605). */
export interface DsRecord extends DsData {
  readonly digestType: 2 | 4;
}

/** SHA-1 is known to recognise a CDS with it, never to make a DS (RFC 8624 section 3.3). */
const HASHES = { 1: "sha1", 2: "sha256", 4: "sha384" } as const;
const TTL = 3600;

/** RFC 4034 appendix B. Algorithm 1, which counts otherwise, must not be used any more (RFC 8624). */
export function keyTagOf(dnskey: Dnskey): number {
  const sum = dataOf(dnskey).reduce((total, octet, at) => total + (at % 2 === 0 ? octet << 8 : octet), 0);
  return (sum + (sum >>> 16)) & 0xffff;
}

/** The DS that the parent must have for a key (RFC 4034 section 5.1.4). */
export function dsOf(zoneName: string, dnskey: Dnskey, digestType: 2 | 4): DsRecord {
  return {
    keyTag: keyTagOf(dnskey),
    algorithm: dnskey.algorithm,
    digestType,
    digest: digestOf(zoneName, dnskey, digestType),
  };
}

const REVOKED_FLAG = 0x0080;

/** Nothing is to be trusted by it any more (RFC 5011 section 2.1). */
export function isRevoked({ flags }: Pick<Dnskey, "flags">): boolean {
  return (flags & REVOKED_FLAG) !== 0;
}

export function isSameKey(some: Dnskey, other: Dnskey): boolean {
  return (
    some.flags === other.flags && some.algorithm === other.algorithm && some.publicKey.equals(other.publicKey)
  );
}

/** Whether a DS or CDS leads to this key; never for a digest type that is not known, nor to a revoked key. */
export function isDsOf(ds: DsData, zoneName: string, dnskey: Dnskey): boolean {
  const { digestType } = ds;
  if (isRevoked(dnskey)) return false;
  if (digestType !== 1 && digestType !== 2 && digestType !== 4) return false;
  return (
    ds.keyTag === keyTagOf(dnskey) &&
    ds.algorithm === dnskey.algorithm &&
    ds.digest === digestOf(zoneName, dnskey, digestType)
  );
}

/** The strongest first. Others are not known to validators either, or not to all of them. */
const BY_STRENGTH = [4, 2, 1];

/**
 * What resolvers go by of a DS set, whichever they are: none takes SHA-1 where there is another (RFC 4509 section 3), and
 * some take the strongest alone, such as Unbound with harden-algo-downgrade.
 */
export function strongestOf(ds: readonly DsData[]): readonly DsData[] {
  const strongest = BY_STRENGTH.find((type) => ds.some(({ digestType }) => digestType === type));
  return ds.filter(({ digestType }) => digestType === strongest);
}

/** The record as registrars and zone files take it. */
export function formatDs(zoneName: string, { keyTag, algorithm, digestType, digest }: DsData): string {
  return `${withoutDot(zoneName)}. ${TTL} IN DS ${keyTag} ${algorithm} ${digestType} ${digest}`;
}

function digestOf(zoneName: string, dnskey: Dnskey, digestType: keyof typeof HASHES): string {
  const hash = createHash(HASHES[digestType]).update(canonicalName(zoneName)).update(dataOf(dnskey));
  return hash.digest("hex").toUpperCase();
}

function dataOf({ flags, algorithm, publicKey }: Dnskey): Buffer {
  return Buffer.concat([Buffer.from([flags >> 8, flags & 0xff, 3, algorithm]), publicKey]);
}
