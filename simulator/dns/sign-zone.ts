import { CLASS, TYPE } from "./codes";
import { dsOf, parseDs } from "./ds";
import type { ResourceRecord } from "./message";
import { isSameName, type Name } from "./name";
import { canonicalRdata } from "./rdata";
import { signSet, type Validity } from "./sign-set";
import { type DenialKind, denialRecords, nsec3Parameters } from "./sign-zone-denial";
import type { SigningKey } from "./signing-key";
import { type RecordSet, ZoneData } from "./zone";

export interface Signing {
  /** Signs the DNSKEY set, and CDS and CDNSKEY, alone. */
  readonly ksk: SigningKey;
  readonly zsk: SigningKey;
  /** Keys of other signers, published beside ours (RFC 8901 2.1.2). */
  readonly foreignKeys?: readonly ResourceRecord[];
  /** How long resolvers may hold the DNSKEY set, in seconds. */
  readonly keyTtl: number;
  readonly denial: DenialKind;
  /** Whether the zone asks its parent for the DS of our key (RFC 7344). */
  readonly withCds?: boolean;
  readonly validity: Validity;
}

/** What the key that the parent names has to sign (RFC 7344 4.1). */
const ENTRY_TYPES: ReadonlySet<number> = new Set([TYPE.DNSKEY, TYPE.CDS, TYPE.CDNSKEY]);

/** Signs a zone anew (RFC 4035 section 2): whatever DNSSEC it had is left out. */
export function signZone(zone: ZoneData, signing: Signing): ZoneData {
  const { foreignKeys = [], denial } = signing;
  const { records, origin } = zone.withoutDnssec();
  const parameters = denial === "nsec3" ? [nsec3Parameters(zone)] : [];
  const apex = [...keyRecords(origin, signing), ...foreignKeys, ...parameters];
  const plain = new ZoneData(tidy(new ZoneData([...records, ...apex])));
  const proven = new ZoneData([...plain.records, ...denialRecords(plain, denial)]);
  const signatures = signedSets(proven).map((set) =>
    signSet(set, origin, ENTRY_TYPES.has(set.type) ? signing.ksk : signing.zsk, signing.validity),
  );
  return new ZoneData([...proven.records, ...signatures]);
}

function keyRecords(origin: Name, { ksk, zsk, keyTtl, withCds }: Signing): readonly ResourceRecord[] {
  const keys = [ksk.dnskey, zsk.dnskey].map((rdata) => ({ type: TYPE.DNSKEY, rdata }));
  const ds = withCds ? parseDs(dsOf(origin, ksk.dnskey)) : undefined;
  const wish = ds
    ? [
        { type: TYPE.CDS, rdata: ds },
        { type: TYPE.CDNSKEY, rdata: ksk.dnskey },
      ]
    : [];
  return [...keys, ...wish].map(({ type, rdata }) => ({
    name: origin,
    type,
    class: CLASS.IN,
    ttl: keyTtl,
    rdata,
  }));
}

/** Each record once, and the sets with one TTL each, as signatures need them (RFC 2181 5.2). */
function tidy(zone: ZoneData): readonly ResourceRecord[] {
  return [...zone.names()].flatMap((name) =>
    zone.at(name).flatMap(({ type, records }) => {
      const ttl = Math.min(...records.map((record) => record.ttl));
      const different = new Map(
        records.map((record) => [canonicalRdata(type, record.rdata).toString("latin1"), { ...record, ttl }]),
      );
      return [...different.values()];
    }),
  );
}

/** All sets but those of the other side of a delegation (RFC 4035 2.2). */
function signedSets(zone: ZoneData): readonly RecordSet[] {
  const sets = [...zone.names()].flatMap((name) => {
    const cut = zone.delegationAbove(name);
    if (!cut) return zone.at(name);
    const ours = (type: number) => type === TYPE.DS || type === TYPE.NSEC;
    return isSameName(cut.name, name) ? zone.at(name).filter(({ type }) => ours(type)) : [];
  });
  const hashed = [...zone.nsec3Keys()].flatMap((key) => zone.nsec3At(key) ?? []);
  return [...sets, ...hashed];
}
