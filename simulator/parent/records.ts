import { CLASS, TYPE } from "../dns/codes";
import { parseDs } from "../dns/ds";
import { addressOctets } from "../dns/ip-octets";
import type { ResourceRecord } from "../dns/message";
import { type Name, parseName } from "../dns/name";
import { uint32 } from "../dns/wire";

/** The one name server of every parent zone; the DNS port answers for it. */
export const PARENT_SERVER = "ns1.parent.test";

/** How long the records live that no test changes: the parent's SOA and NS, and addresses. */
export const STANDING_TTL = 3600;

/** Negative answers live this long at most, less where the parent's TTL is less (RFC 2308 section 5). */
export const MOST_NEGATIVE_TTL = 900;

export type ParentType = "DS" | "NS";

/** Records of the DS or the NS set, from their rdata in presentation form. */
export function recordsOf(
  owner: Name,
  type: ParentType,
  values: readonly string[],
  ttl: number,
): readonly ResourceRecord[] {
  return values.map((value) => {
    const rdata = type === "NS" ? parseName(value) : parseDs(value);
    if (!rdata) throw new TypeError(`the state holds "${value}" as DS`);
    return { name: owner, type: TYPE[type], class: CLASS.IN, ttl, rdata };
  });
}

/** The SOA of a parent zone, which bounds the life of negative answers. */
export function parentSoa(parent: Name, negativeTtl: number): ResourceRecord {
  const names = [parseName(PARENT_SERVER), parseName("hostmaster.parent.test")];
  const numbers = [1, 3600, 900, 1_209_600, negativeTtl].map(uint32);
  const rdata = Buffer.concat([...names, ...numbers]);
  return { name: parent, type: TYPE.SOA, class: CLASS.IN, ttl: negativeTtl, rdata };
}

export function addressRecord(owner: Name, address: string): ResourceRecord {
  return { name: owner, type: TYPE.A, class: CLASS.IN, ttl: STANDING_TTL, rdata: addressOctets(address) };
}
