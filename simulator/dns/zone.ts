import { TYPE } from "./codes";
import type { ResourceRecord } from "./message";
import { ancestorsOf, isSameName, keyOf, type Name, parentOf } from "./name";
import { soaOf } from "./rdata";

/** The records of one name and type, with the signatures that cover them. */
export interface RecordSet {
  readonly name: Name;
  readonly type: number;
  readonly records: readonly ResourceRecord[];
  readonly signatures: readonly ResourceRecord[];
}

/** All records of each name. Sets are made when they are asked for: few of a large zone ever are. */
type Names = Map<string, readonly ResourceRecord[]>;

const DNSSEC_TYPES: ReadonlySet<number> = new Set([
  TYPE.RRSIG,
  TYPE.NSEC,
  TYPE.DNSKEY,
  TYPE.NSEC3,
  TYPE.NSEC3PARAM,
  TYPE.CDS,
  TYPE.CDNSKEY,
]);

/** A whole zone, found by name and type. Its first record is the SOA. */
export class ZoneData {
  readonly origin: Name;
  readonly serial: number;
  /** The names that exist, with the empty ones between them. */
  readonly #names: Names = new Map();
  /** Apart from them: a hashed name answers no question (RFC 5155 7.2.8). */
  readonly #hashed: Names = new Map();

  constructor(readonly records: readonly ResourceRecord[]) {
    const [soa] = records;
    if (soa?.type !== TYPE.SOA) throw new TypeError("a zone begins with its SOA");
    this.origin = soa.name;
    this.serial = soaOf(soa.rdata).serial;
    for (const run of runsOf(records)) this.#add(run);
  }

  /** Whether the primary signs it. */
  get isSigned(): boolean {
    const [keys] = this.find(this.origin, TYPE.DNSKEY)?.records ?? [];
    const [signature] = this.find(this.origin, TYPE.SOA)?.signatures ?? [];
    return keys !== undefined && signature !== undefined;
  }

  has(name: Name): boolean {
    return this.#names.has(keyOf(name));
  }

  find(name: Name, type: number): RecordSet | undefined {
    return setOf(this.#names.get(keyOf(name)), type);
  }

  at(name: Name): readonly RecordSet[] {
    const records = this.#names.get(keyOf(name)) ?? [];
    return [...new Set(records.map(typeOf))].flatMap((type) => setOf(records, type) ?? []);
  }

  /** The names that exist, in lower case, the origin first. */
  *names(): Generator<Name> {
    for (const key of this.#names.keys()) yield Buffer.from(key, "latin1");
  }

  /** Every set of this type, at the names that exist. */
  *all(type: number): Generator<RecordSet> {
    for (const records of this.#names.values()) {
      const set = setOf(records, type);
      if (set) yield set;
    }
  }

  /** The keys of the names that have NSEC3. */
  *nsec3Keys(): Generator<string> {
    for (const [key, records] of this.#hashed) {
      if (records.some(({ type }) => type === TYPE.NSEC3)) yield key;
    }
  }

  nsec3At(key: string): RecordSet | undefined {
    return setOf(this.#hashed.get(key), TYPE.NSEC3);
  }

  /** The highest delegation between the apex and this name, the name with it. */
  delegationAbove(name: Name): RecordSet | undefined {
    let found: RecordSet | undefined;
    for (const above of ancestorsOf(name)) {
      if (isSameName(above, this.origin)) return found;
      found = this.find(above, TYPE.NS) ?? found;
    }
    return undefined;
  }

  /** The zone as it is without the primary's DNSSEC. */
  withoutDnssec(): ZoneData {
    return new ZoneData(this.records.filter(({ type }) => !DNSSEC_TYPES.has(type)));
  }

  #add({ name, isHashed, records }: Run): void {
    const names = isHashed ? this.#hashed : this.#names;
    const key = keyOf(name);
    const known = names.get(key);
    names.set(key, known ? [...known, ...records] : records);
    if (!known && !isHashed && !isSameName(name, this.origin)) this.#addEmpty(parentOf(name));
  }

  /** A name exists if there is one beneath it (RFC 4592 2.2.2). */
  #addEmpty(name: Name): void {
    const key = keyOf(name);
    if (this.#names.has(key)) return;
    this.#names.set(key, []);
    this.#addEmpty(parentOf(name));
  }
}

interface Run {
  readonly name: Name;
  readonly isHashed: boolean;
  readonly records: readonly ResourceRecord[];
}

/** Cuts the zone where the owner changes: the records of a name mostly stand together, and share it. */
function* runsOf(records: readonly ResourceRecord[]): Generator<Run> {
  let start = 0;
  for (const [index, record] of records.entries()) {
    const next = records[index + 1];
    const isHashed = typeOf(record) === TYPE.NSEC3;
    if (next?.name === record.name && (typeOf(next) === TYPE.NSEC3) === isHashed) continue;
    yield { name: record.name, isHashed, records: records.slice(start, index + 1) };
    start = index + 1;
  }
}

/** The type of a record, or for a signature of what it signs. */
function typeOf({ type, rdata }: ResourceRecord): number {
  return type === TYPE.RRSIG ? rdata.readUInt16BE(0) : type;
}

/** A signature that came without what it signs makes no set. */
function setOf(there: readonly ResourceRecord[] = [], type: number): RecordSet | undefined {
  const ofType = there.filter((record) => typeOf(record) === type);
  const records = ofType.filter((record) => record.type === type);
  const [first] = records;
  if (!first) return undefined;
  return { name: first.name, type, records, signatures: ofType.filter((record) => record.type !== type) };
}
