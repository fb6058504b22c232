import type { Answer } from "../dns/answer";
import { RCODE, TYPE } from "../dns/codes";
import type { Question, ResourceRecord } from "../dns/message";
import { type Name, parentOf, parseName } from "../dns/name";
import type { Zone } from "../state";
import {
  addressRecord,
  MOST_NEGATIVE_TTL,
  PARENT_SERVER,
  type ParentType,
  parentSoa,
  recordsOf,
  STANDING_TTL,
} from "./records";
import { isParentZone, zoneCalled } from "./zone-names";

/** What the parent's server says of a set that it holds. */
export interface ParentWord {
  readonly type: ParentType;
  /** Rdata in presentation form; empty: there is no such set, or no such name. */
  readonly values: readonly string[];
  readonly ttl: number;
  readonly isRegistered: boolean;
}

type Zones = Readonly<Record<string, Zone>>;

/** Undefined for what no parent is asked; "silence" where its servers do not answer. */
export function wordOfParent({ name, type }: Question, zones: Zones): ParentWord | "silence" | undefined {
  const asked = type === TYPE.DS ? "DS" : type === TYPE.NS ? "NS" : undefined;
  const zone = asked && zoneCalled(name, zones);
  if (!asked || !zone) return undefined;
  const { ds, nameServers, ttl, reachable } = zone.parent;
  if (!reachable) return "silence";
  const isRegistered = nameServers.length > 0;
  const values = asked === "NS" ? nameServers : isRegistered ? ds : [];
  return { type: asked, values, ttl, isRegistered };
}

/**
 * Answers a question without RD as a server of the parent zone: the DS set of a zone with authority
 * (RFC 4035 3.1.4.1), and for its NS set a referral, since authority for that is the zone's own. The port
 * serves parent and child; a server of both would tell the child's NS set, so that nobody could read
 * the delegation: here the parent has the word.
 */
export function answerAsParent(
  question: Question,
  zones: Zones,
  address: string,
): Answer | "silence" | undefined {
  const word = wordOfParent(question, zones);
  if (word === undefined) return ofParentZone(question, zones, address);
  if (word === "silence") return word;
  const { name } = question;
  const records = recordsOf(name, word.type, word.values, word.ttl);
  if (records.length === 0) {
    const soa = parentSoa(parentOf(name), negativeTtl(word.ttl));
    const rcode = word.isRegistered ? RCODE.NOERROR : RCODE.NXDOMAIN;
    return { rcode, isAuthoritative: true, answers: [], authority: [soa], additional: [] };
  }
  const isReferral = word.type === "NS";
  return {
    rcode: RCODE.NOERROR,
    isAuthoritative: !isReferral,
    answers: isReferral ? [] : records,
    authority: isReferral ? records : [],
    additional: [],
  };
}

/** The SOA and the NS set of a parent zone itself. */
export function ofParentZone({ name, type }: Question, zones: Zones, address: string): Answer | undefined {
  const isAsked = type === TYPE.SOA || type === TYPE.NS;
  if (!isAsked || !isParentZone(name, zones)) return undefined;
  return {
    rcode: RCODE.NOERROR,
    isAuthoritative: true,
    answers: [type === TYPE.SOA ? parentSoa(name, MOST_NEGATIVE_TTL) : nsOf(name)],
    authority: [],
    additional: type === TYPE.NS ? [addressRecord(parseName(PARENT_SERVER), address)] : [],
  };
}

function nsOf(parent: Name): ResourceRecord {
  return { ...parentSoa(parent, 0), type: TYPE.NS, ttl: STANDING_TTL, rdata: parseName(PARENT_SERVER) };
}

export function negativeTtl(ttl: number): number {
  return Math.min(ttl, MOST_NEGATIVE_TTL);
}
