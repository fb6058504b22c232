import { CLASS, TYPE } from "../../../simulator/dns/codes";
import type { ResourceRecord } from "../../../simulator/dns/message";
import { parseName } from "../../../simulator/dns/name";
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

export interface Signing {
  readonly keys: Keys;
  readonly denial: DenialKind;
  /** Of the DNSKEY set, in seconds. */
  readonly keyTtl: number;
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
  { keys: { ksks, zsks }, keyTtl, denial }: Signing,
  validity: Validity,
): ZoneData {
  const plain = unsignedZone(content);
  const [ksk, ...otherKsks] = ksks;
  const [zsk, ...otherZsks] = zsks;
  const foreignKeys = [...otherKsks, ...otherZsks].map(
    ({ dnskey }): ResourceRecord => ({
      name: plain.origin,
      type: TYPE.DNSKEY,
      class: CLASS.IN,
      ttl: keyTtl,
      rdata: dnskey,
    }),
  );
  const signed = signZone(plain, { ksk, zsk, foreignKeys, denial, keyTtl, validity });
  const more = setsOf(signed).flatMap((set) =>
    (set.type === TYPE.DNSKEY ? otherKsks : otherZsks).map((key) =>
      signSet(set, signed.origin, key, validity),
    ),
  );
  return new ZoneData([...signed.records, ...more]);
}

function setsOf(zone: ZoneData): readonly RecordSet[] {
  const named = [...zone.names()].flatMap((name) => zone.at(name));
  return [...named, ...[...zone.nsec3Keys()].flatMap((key) => zone.nsec3At(key) ?? [])];
}
