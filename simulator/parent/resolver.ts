import { ALL_NAME_SERVERS } from "../cloudflare/name-servers";
import type { Answer } from "../dns/answer";
import { RCODE, TYPE } from "../dns/codes";
import type { Question } from "../dns/message";
import { formatName, parentOf } from "../dns/name";
import type { Zone } from "../state";
import { negativeTtl, ofParentZone, wordOfParent } from "./parent-server";
import { addressRecord, PARENT_SERVER, parentSoa, recordsOf } from "./records";
import type { ResolverCache } from "./resolver-cache";
import { plainName } from "./zone-names";

type Zones = Readonly<Record<string, Zone>>;

/**
 * Answers a question with RD as a caching resolver: the DS and NS sets of the zones, the NS set of their
 * parents and the addresses of the name servers. Undefined for all else.
 */
export function resolve(
  question: Question,
  zones: Zones,
  cache: ResolverCache,
  address: string,
): Answer | undefined {
  const recursed =
    fromParent(question, zones, cache) ??
    ofParentZone(question, zones, address) ??
    addressOf(question, address);
  return recursed && { ...recursed, isAuthoritative: false, isRecursed: true };
}

function fromParent(
  { name, type, ...rest }: Question,
  zones: Zones,
  cache: ResolverCache,
): Answer | undefined {
  const said = wordOfParent({ name, type, ...rest }, zones);
  if (said === undefined) return undefined;
  const held = cache.find(name, type === TYPE.DS ? "DS" : "NS");
  const word = held ?? said;
  if (word === "silence") return { ...EMPTY, rcode: RCODE.SERVFAIL };
  if (!held) cache.keep(name, word);
  const isThere = word.values.length > 0;
  // What is held counts down by itself; fresh, a negative answer has the life of the SOA.
  const ttl = held || isThere ? word.ttl : negativeTtl(word.ttl);
  return {
    ...EMPTY,
    rcode: isThere || word.isRegistered ? RCODE.NOERROR : RCODE.NXDOMAIN,
    answers: recordsOf(name, word.type, word.values, ttl),
    authority: isThere ? [] : [parentSoa(parentOf(name), ttl)],
  };
}

/** The name servers of Cloudflare and of the parents are all here, over IPv4 alone. */
function addressOf({ name, type }: Question, address: string): Answer | undefined {
  const isAsked = type === TYPE.A || type === TYPE.AAAA;
  if (!isAsked || !SERVERS.has(plainName(formatName(name)))) return undefined;
  return { ...EMPTY, rcode: RCODE.NOERROR, answers: type === TYPE.A ? [addressRecord(name, address)] : [] };
}

const SERVERS: ReadonlySet<string> = new Set([...ALL_NAME_SERVERS, PARENT_SERVER]);

const EMPTY = { isAuthoritative: false, answers: [], authority: [], additional: [] };
