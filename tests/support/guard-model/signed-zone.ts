import { CLASS, TYPE } from "../../../simulator/dns/codes";
import { dsOf, parseDs } from "../../../simulator/dns/ds";
import type { ResourceRecord } from "../../../simulator/dns/message";
import { type Name, parseName } from "../../../simulator/dns/name";
import { signSet, type Validity } from "../../../simulator/dns/sign-set";
import { signZone } from "../../../simulator/dns/sign-zone";
import type { DenialKind } from "../../../simulator/dns/sign-zone-denial";
import type { SigningKey } from "../../../simulator/dns/signing-key";
import { uint32 } from "../../../simulator/dns/wire";
import { type RecordSet, ZoneData } from "../../../simulator/dns/zone";

/** The keys that sign a zone: one of each kind, or two while one is rolled over to the other. */
export interface Keys {
  readonly ksks: readonly [SigningKey, ...SigningKey[]];
  readonly zsks: readonly [SigningKey, ...SigningKey[]];
}

export type Cds = "none" | "of the keys" | "no DS";

export interface Signing {
  readonly keys: Keys;
  readonly denial: DenialKind;
  /** Of the DNSKEY set, in seconds. */
  readonly keyTtl: number;
  /** "none" by default. */
  readonly cds?: Cds;
}

export interface Content {
  readonly zone: string;
  readonly serial: number;
}

const TTL = 300;
const [REFRESH, RETRY, EXPIRE, MINIMUM] = [3_600, 600, 1_209_600, 300];

/** A small zone: its apex and `www`. */
export function unsignedZone({ zone, serial }: Content): ZoneData {
  const origin = parseName(zone);
  const record = (name: string, type: number, rdata: Buffer): ResourceRecord => ({
    name: parseName(name),
    type,
    class: CLASS.IN,
    ttl: TTL,
    rdata,
  });
  const numbers = [serial, REFRESH, RETRY, EXPIRE, MINIMUM].map(uint32);
  const soa = Buffer.concat([parseName(`ns.${zone}`), parseName(`hostmaster.${zone}`), ...numbers]);
  return new ZoneData([
    { ...record(zone, TYPE.SOA, soa), name: origin },
    { ...record(zone, TYPE.NS, parseName(`ns.${zone}`)), name: origin },
    record(`ns.${zone}`, TYPE.A, Buffer.from([192, 0, 2, 1])),
    record(`www.${zone}`, TYPE.A, Buffer.from([192, 0, 2, 2])),
  ]);
}

/** Signed by all of the keys, each set as often as there are keys of its kind: so a rollover goes on (RFC 6781 4.1). */
export function signedZone(
  content: Content,
  { keys: { ksks, zsks }, keyTtl, denial, cds = "none" }: Signing,
  validity: Validity,
): ZoneData {
  const plain = unsignedZone(content);
  const [ksk, ...otherKsks] = ksks;
  const [zsk, ...otherZsks] = zsks;
  const atApex = (type: number, rdata: Buffer): ResourceRecord => ({
    name: plain.origin,
    type,
    class: CLASS.IN,
    ttl: keyTtl,
    rdata,
  });
  const foreignKeys = [
    ...[...otherKsks, ...otherZsks].map(({ dnskey }) => atApex(TYPE.DNSKEY, dnskey)),
    ...wishes(plain.origin, ksks, cds).map((rdata) => atApex(TYPE.CDS, rdata)),
  ];
  const signed = signZone(plain, { ksk, zsk, foreignKeys, denial, keyTtl, validity });
  const more = setsOf(signed).flatMap((set) =>
    (ENTRY_TYPES.includes(set.type) ? otherKsks : otherZsks).map((key) =>
      signSet(set, signed.origin, key, validity),
    ),
  );
  return new ZoneData([...signed.records, ...more]);
}

/** Signed by the keys that the parent knows (RFC 7344 4.1). */
const ENTRY_TYPES: readonly number[] = [TYPE.DNSKEY, TYPE.CDS];
const NO_DS = Buffer.from([0, 0, 0, 0, 0]);

function wishes(origin: Name, ksks: Keys["ksks"], cds: Cds): readonly Buffer[] {
  if (cds === "none") return [];
  if (cds === "no DS") return [NO_DS];
  return ksks.flatMap(({ dnskey }) => parseDs(dsOf(origin, dnskey)) ?? []);
}

function setsOf(zone: ZoneData): readonly RecordSet[] {
  const named = [...zone.names()].flatMap((name) => zone.at(name));
  return [...named, ...[...zone.nsec3Keys()].flatMap((key) => zone.nsec3At(key) ?? [])];
}
