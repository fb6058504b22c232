import { RCODE, TYPE } from "../../../simulator/dns/codes";
import { FLAG, type ReceivedMessage, type ResourceRecord } from "../../../simulator/dns/message";
import { formatName } from "../../../simulator/dns/name";
import { ask } from "../dns-client";
import type { SignedSet } from "./signature";

/** The sets that a resolver would have to validate of a response, and what it was a response to. */
export interface Response {
  readonly what: string;
  readonly sets: readonly SignedSet[];
}

/** What Cloudflare's name servers say of a zone at one moment. */
export interface Served {
  readonly keys: SignedSet;
  readonly responses: readonly Response[];
  /** What was asked for and not answered. */
  readonly refused: readonly string[];
}

const PROOFS: readonly number[] = [TYPE.NSEC, TYPE.NSEC3];
const NO_PROOF: SignedSet = { type: TYPE.NSEC, records: [], signatures: [] };
const NO_KEYS: SignedSet = { type: TYPE.DNSKEY, records: [], signatures: [] };

export async function lookAt(port: number, zone: string): Promise<Served> {
  const questions = [
    ["DNSKEY", zone, TYPE.DNSKEY, RCODE.NOERROR],
    ["the SOA", zone, TYPE.SOA, RCODE.NOERROR],
    ["an address", `www.${zone}`, TYPE.A, RCODE.NOERROR],
    ["a name that is not there", `nope.${zone}`, TYPE.A, RCODE.NXDOMAIN],
    ["a type that is not there", `www.${zone}`, TYPE.AAAA, RCODE.NOERROR],
  ] as const;
  const all = await Promise.all(
    questions.map(async ([what, name, type, rcode]) => {
      const edns = { dnssec: true };
      const datagram = await ask(port, name, type, { edns });
      const isCut = (datagram.flags & FLAG.truncated) !== 0;
      const response = isCut ? await ask(port, name, type, { edns, transport: "tcp" }) : datagram;
      const sets = setsIn(response);
      const isProven = response.answers.length > 0 || sets.some(({ type }) => PROOFS.includes(type));
      const isAnswered = (response.flags & 0xf) === rcode;
      return { what, isAnswered, sets: isProven ? sets : [...sets, NO_PROOF] };
    }),
  );
  const [keys, ...responses] = all;
  return {
    keys: keys?.sets.find(({ type }) => type === TYPE.DNSKEY) ?? NO_KEYS,
    responses,
    refused: all.filter(({ isAnswered }) => !isAnswered).map(({ what }) => what),
  };
}

function setsIn({ answers, authority }: ReceivedMessage): readonly SignedSet[] {
  const sets = new Map<string, { type: number; records: ResourceRecord[]; signatures: ResourceRecord[] }>();
  for (const record of [...answers, ...authority]) {
    const isSignature = record.type === TYPE.RRSIG;
    const type = isSignature ? record.rdata.readUInt16BE(0) : record.type;
    const id = `${formatName(record.name)} ${type}`;
    const set = sets.get(id) ?? { type, records: [], signatures: [] };
    sets.set(id, set);
    (isSignature ? set.signatures : set.records).push(record);
  }
  return [...sets.values()];
}
