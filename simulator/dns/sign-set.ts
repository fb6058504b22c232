import { CLASS, TYPE } from "./codes";
import { encodeRecord, type ResourceRecord } from "./message";
import { keyOf, labelsOf, type Name } from "./name";
import { canonicalRdata } from "./rdata";
import { algorithmOf, type SigningKey } from "./signing-key";
import { uint16, uint32 } from "./wire";
import type { RecordSet } from "./zone";

/** When signatures begin and end to be valid, in seconds since 1970. */
export interface Validity {
  readonly inception: number;
  readonly expiration: number;
}

/** The signature over a set whose records differ from each other and have one TTL (RFC 4034 section 3). */
export function signSet(
  { name, type, records }: RecordSet,
  origin: Name,
  key: SigningKey,
  { inception, expiration }: Validity,
): ResourceRecord {
  const ttl = records[0]?.ttl ?? 0;
  const owner = canonical(name);
  const head = Buffer.concat([
    uint16(type),
    Buffer.from([algorithmOf(key), labelCount(name)]),
    ...[ttl, expiration, inception].map(uint32),
    uint16(key.tag),
    canonical(origin),
  ]);
  const covered = records
    .map(({ rdata }) => canonicalRdata(type, rdata))
    .sort(Buffer.compare)
    .map((rdata) => encodeRecord({ name: owner, type, class: CLASS.IN, ttl, rdata }));
  const rdata = Buffer.concat([head, key.sign(Buffer.concat([head, ...covered]))]);
  return { name, type: TYPE.RRSIG, class: CLASS.IN, ttl, rdata };
}

/** Without the root, and without the asterisk of a wildcard (RFC 4034 3.1.3). */
function labelCount(name: Name): number {
  const labels = labelsOf(name);
  return labels.length - (labels[0]?.toString("latin1") === "*" ? 1 : 0);
}

function canonical(name: Name): Name {
  return Buffer.from(keyOf(name), "latin1");
}
