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

interface Growing extends RecordSet {
  readonly records: ResourceRecord[];
  readonly signatures: ResourceRecord[];
}

type Node = Map<number, Growing>;

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
  readonly #nodes = new Map<string, Node>();
  /** Apart from the nodes: a hashed name answers no question (RFC 5155 7.2.8). */
  readonly #nsec3 = new Map<string, Node>();

  constructor(readonly records: readonly ResourceRecord[]) {
    const [soa] = records;
    if (soa?.type !== TYPE.SOA) throw new TypeError("a zone begins with its SOA");
    this.origin = soa.name;
    this.serial = soaOf(soa.rdata).serial;
    for (const record of records) this.#add(record);
  }

  /** Whether the primary signs it. */
  get isSigned(): boolean {
    const [keys] = this.find(this.origin, TYPE.DNSKEY)?.records ?? [];
    const [signature] = this.find(this.origin, TYPE.SOA)?.signatures ?? [];
    return keys !== undefined && signature !== undefined;
  }

  has(name: Name): boolean {
    return this.#nodes.has(keyOf(name));
  }

  find(name: Name, type: number): RecordSet | undefined {
    return withRecords(this.#nodes.get(keyOf(name))?.get(type));
  }

  at(name: Name): readonly RecordSet[] {
    return [...(this.#nodes.get(keyOf(name))?.values() ?? [])].filter(withRecords);
  }

  /** Every set of this type, NSEC3 too. */
  *all(type: number): Generator<RecordSet> {
    for (const node of (type === TYPE.NSEC3 ? this.#nsec3 : this.#nodes).values()) {
      const set = withRecords(node.get(type));
      if (set) yield set;
    }
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

  #add(record: ResourceRecord): void {
    const isSignature = record.type === TYPE.RRSIG;
    const type = isSignature ? record.rdata.readUInt16BE(0) : record.type;
    const node = type === TYPE.NSEC3 ? nodeIn(this.#nsec3, keyOf(record.name)) : this.#nodeAt(record.name);
    let set = node.get(type);
    if (!set) {
      set = { name: record.name, type, records: [], signatures: [] };
      node.set(type, set);
    }
    (isSignature ? set.signatures : set.records).push(record);
  }

  /** With a node for each name between it and the apex. */
  #nodeAt(name: Name): Node {
    const key = keyOf(name);
    const known = this.#nodes.get(key);
    if (known) return known;
    if (!isSameName(name, this.origin)) this.#nodeAt(parentOf(name));
    return nodeIn(this.#nodes, key);
  }
}

function nodeIn(nodes: Map<string, Node>, key: string): Node {
  const node = nodes.get(key) ?? new Map();
  nodes.set(key, node);
  return node;
}

/** A signature that came without what it signs makes no set. */
function withRecords(set: RecordSet | undefined): RecordSet | undefined {
  return set && set.records.length > 0 ? set : undefined;
}
