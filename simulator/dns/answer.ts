import { RCODE, TYPE } from "./codes";
import type { Denial } from "./denial";
import type { Question, ResourceRecord } from "./message";
import { ancestorsOf, isSameName, isWithin, type Name, parentOf, parseName } from "./name";
import { soaOf, targetOf } from "./rdata";
import type { RecordSet, ZoneData } from "./zone";

/** A zone as it is served: `denial` only where its signatures are served too. */
export interface View {
  readonly zone: ZoneData;
  readonly denial?: Denial;
}

export interface Answer {
  readonly rcode: number;
  readonly isAuthoritative: boolean;
  /** Whether it is a resolver's: the RA flag. */
  readonly isRecursed?: boolean;
  readonly answers: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
}

const WILDCARD = Buffer.from([1, 0x2a]);
const LONGEST_CHAIN = 8;

/** Answers a question from a zone (RFC 1034 4.3.2), with the proofs of RFC 4035 3.1.3 and RFC 5155 7.2. */
export function answer(view: View, question: Question, wantsDnssec: boolean): Answer {
  return new Answering(view.zone, wantsDnssec ? view.denial : undefined).ask(question);
}

class Answering {
  #answers: ResourceRecord[] = [];
  /** A set: two proofs may be told by the same record. */
  #authority = new Set<ResourceRecord>();
  #additional: ResourceRecord[] = [];
  #negative: ResourceRecord[] = [];

  constructor(
    private readonly zone: ZoneData,
    private readonly denial: Denial | undefined,
  ) {}

  ask({ name, type }: Question): Answer {
    let [asked, rcode, isAuthoritative]: [Name, number, boolean] = [name, RCODE.NOERROR, true];
    for (let hop = 0; hop < LONGEST_CHAIN && isWithin(asked, this.zone.origin); hop += 1) {
      const cut = this.zone.delegationAbove(asked);
      // DS is the parent's word on a delegation (RFC 4035 3.1.4.1).
      if (cut && !(type === TYPE.DS && isSameName(cut.name, asked))) {
        this.#refer(cut);
        isAuthoritative = hop > 0;
        break;
      }
      const owner = this.#ownerOf(asked);
      if (!owner) {
        rcode = RCODE.NXDOMAIN;
        break;
      }
      const target = this.#take(asked, owner, type);
      if (!target) break;
      asked = target;
    }
    return {
      rcode,
      isAuthoritative,
      answers: this.#answers,
      authority: [...this.#negative, ...this.#authority],
      additional: this.#additional,
    };
  }

  /** The name whose records answer: its own, or a wildcard's. Proves what that takes; undefined: no name. */
  #ownerOf(asked: Name): Name | undefined {
    if (this.zone.has(asked)) return asked;
    const { encloser, nextCloser } = this.#closest(asked, (name) => this.zone.has(name));
    const wildcard = Buffer.concat([WILDCARD, encloser]);
    this.#prove(this.denial?.covering(nextCloser));
    if (this.zone.has(wildcard)) return wildcard;
    this.#prove(this.denial?.enclosing(encloser), this.denial?.covering(wildcard));
    this.#denyWithSoa();
    return undefined;
  }

  /** Takes the records of the owner into the answer; the target if they send the question on. */
  #take(asked: Name, owner: Name, type: number): Name | undefined {
    const alias = type === TYPE.CNAME ? undefined : this.zone.find(owner, TYPE.CNAME);
    const wanted =
      type === TYPE.ANY ? this.zone.at(owner) : [alias ?? this.zone.find(owner, type)].filter((set) => !!set);
    for (const set of wanted) {
      this.#answers.push(...this.#recordsOf(set).map((record) => ({ ...record, name: asked })));
    }
    if (wanted.length === 0) this.#denyType(asked, owner);
    const [record] = alias?.records ?? [];
    return record && type !== TYPE.ANY ? targetOf(record.rdata) : undefined;
  }

  #denyType(asked: Name, owner: Name): void {
    this.#denyWithSoa();
    if (!this.denial) return;
    // A wildcard without the type: that it is the closest match must be proven too.
    if (owner !== asked) this.#prove(this.denial.enclosing(parentOf(owner)));
    const matching = this.denial.matching(owner);
    if (matching) this.#prove(matching);
    else this.#proveUnlisted(owner, this.denial);
  }

  /** A name that exists without a record of its own: empty for NSEC, opted out for NSEC3 (RFC 5155 7.2.4). */
  #proveUnlisted(name: Name, denial: Denial): void {
    const { encloser, nextCloser } = this.#closest(name, (above) => denial.matching(above) !== undefined);
    this.#prove(denial.enclosing(encloser), denial.covering(nextCloser));
  }

  #refer(cut: RecordSet): void {
    for (const record of cut.records) this.#authority.add(record);
    const secure = this.zone.find(cut.name, TYPE.DS);
    if (secure && this.denial) this.#prove(secure);
    else if (this.denial) {
      const matching = this.denial.matching(cut.name);
      if (matching) this.#prove(matching);
      else this.#proveUnlisted(cut.name, this.denial);
    }
    for (const { rdata } of cut.records) {
      const server = targetOf(rdata);
      for (const type of [TYPE.A, TYPE.AAAA]) {
        this.#additional.push(...(this.zone.find(server, type)?.records ?? []));
      }
    }
  }

  /** The closest name above that is there, and the name just beneath it on the way (RFC 5155 1.3). */
  #closest(name: Name, isThere: (name: Name) => boolean): { encloser: Name; nextCloser: Name } {
    let nextCloser = name;
    for (const encloser of ancestorsOf(parentOf(name))) {
      if (isThere(encloser) || isSameName(encloser, this.zone.origin)) return { encloser, nextCloser };
      nextCloser = encloser;
    }
    return { encloser: parseName("."), nextCloser };
  }

  #prove(...sets: readonly (RecordSet | undefined)[]): void {
    for (const set of sets) {
      if (set) for (const record of this.#recordsOf(set)) this.#authority.add(record);
    }
  }

  /** The time to live of a negative answer is that of the SOA or its minimum (RFC 2308 section 3). */
  #denyWithSoa(): void {
    const soa = this.zone.find(this.zone.origin, TYPE.SOA);
    if (!soa) return;
    this.#negative = this.#recordsOf(soa).map((record) => ({
      ...record,
      ttl: Math.min(record.ttl, ...soa.records.map(({ rdata }) => soaOf(rdata).minimum)),
    }));
  }

  #recordsOf({ records, signatures }: RecordSet): readonly ResourceRecord[] {
    return this.denial ? [...records, ...signatures] : records;
  }
}
