import { CLASS, TYPE } from "./codes";
import type { ResourceRecord } from "./message";
import { compareOrder, isSameName, type Name, orderOf } from "./name";
import { hashedName, nsec3Digest, type Parameters } from "./nsec3";
import { soaOf } from "./rdata";
import { typeBitmap } from "./type-bitmap";
import { uint16 } from "./wire";
import type { ZoneData } from "./zone";

export type DenialKind = "nsec" | "nsec3";

/** No iterations, no salt (RFC 9276). */
const PARAMETERS: Parameters = { iterations: 0, salt: Buffer.alloc(0) };
const SHA1 = 1;
const NO_FLAGS = 0;

/** The records by which a zone proves what it has not; `zone` has all others that it will have but RRSIG. */
export function denialRecords(zone: ZoneData, kind: DenialKind): readonly ResourceRecord[] {
  return kind === "nsec" ? nsecChain(zone) : nsec3Chain(zone);
}

/** Says that the zone's NSEC3 chain is whole (RFC 5155 section 4). */
export function nsec3Parameters({ origin }: ZoneData): ResourceRecord {
  return { name: origin, type: TYPE.NSEC3PARAM, class: CLASS.IN, ttl: 0, rdata: parameterFields() };
}

/** Every name with records has one, which leads to the next and from the last to the first. */
function nsecChain(zone: ZoneData): readonly ResourceRecord[] {
  const names = ownNames(zone)
    .filter((name) => zone.at(name).length > 0)
    .map((name) => ({ name, order: orderOf(name) }))
    .sort((one, other) => compareOrder(one.order, other.order))
    .map(({ name }) => name);
  return names.map((name, index) => {
    const next = names[(index + 1) % names.length] ?? zone.origin;
    const types = new Set([...typesAt(zone, name), TYPE.NSEC, TYPE.RRSIG]);
    return denial(zone, name, TYPE.NSEC, Buffer.concat([next, typeBitmap(types)]));
  });
}

/** The same by hashed names, the empty ones between names included; none is left out (no opt-out). */
function nsec3Chain(zone: ZoneData): readonly ResourceRecord[] {
  const names = ownNames(zone)
    .map((name) => ({ name, hash: nsec3Digest(name, PARAMETERS) }))
    .sort((one, other) => one.hash.compare(other.hash));
  return names.map(({ name }, index) => {
    const next = names[(index + 1) % names.length]?.hash ?? Buffer.alloc(0);
    const types = typesAt(zone, name);
    // What stands alone at an insecure delegation, its NS set, has no signature.
    const isSigned = types.some((type) => type !== TYPE.NS || isSameName(name, zone.origin));
    const bitmap = typeBitmap(isSigned ? [...types, TYPE.RRSIG] : types);
    const rdata = Buffer.concat([parameterFields(), Buffer.from([next.length]), next, bitmap]);
    return denial(zone, hashedName(name, PARAMETERS, zone.origin), TYPE.NSEC3, rdata);
  });
}

/** The names that the zone answers for: not those beneath a delegation. */
function ownNames(zone: ZoneData): readonly Name[] {
  return [...zone.names()].filter((name) => {
    const cut = zone.delegationAbove(name);
    return !cut || isSameName(cut.name, name);
  });
}

/** Of a delegation only what belongs to this side of it. */
function typesAt(zone: ZoneData, name: Name): readonly number[] {
  const types = zone.at(name).map(({ type }) => type);
  return zone.delegationAbove(name) ? types.filter((type) => type === TYPE.NS || type === TYPE.DS) : types;
}

/** Proofs live no longer than negative answers do (RFC 9077). */
function denial({ origin, records }: ZoneData, name: Name, type: number, rdata: Buffer): ResourceRecord {
  const [soa] = records;
  const ttl = soa ? Math.min(soa.ttl, soaOf(soa.rdata).minimum) : 0;
  return { name: isSameName(name, origin) ? origin : name, type, class: CLASS.IN, ttl, rdata };
}

function parameterFields(): Buffer {
  const { iterations, salt } = PARAMETERS;
  return Buffer.concat([Buffer.from([SHA1, NO_FLAGS]), uint16(iterations), Buffer.from([salt.length]), salt]);
}
