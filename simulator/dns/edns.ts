import { TYPE } from "./codes";
import type { Message, ResourceRecord } from "./message";
import { parseName } from "./name";
import { uint16 } from "./wire";

/** What the asker says in its OPT record (RFC 6891). */
export interface Edns {
  readonly version: number;
  readonly payload: number;
  readonly wantsDnssec: boolean;
}

const DO = 0x8000;
const LEAST_PAYLOAD = 512;
/** Fits every path without fragments (DNS flag day 2020). */
export const OUR_PAYLOAD = 1232;
const EXTENDED_ERROR = 15;

export function ednsOf({ additional }: Message): Edns | undefined {
  const opt = additional.find(({ type }) => type === TYPE.OPT);
  return (
    opt && {
      version: (opt.ttl >>> 16) & 0xff,
      payload: Math.max(LEAST_PAYLOAD, opt.class),
      wantsDnssec: (opt.ttl & DO) !== 0,
    }
  );
}

/** How long an answer over UDP may be. */
export function longestAnswer(edns: Edns | undefined): number {
  return edns ? Math.min(edns.payload, OUR_PAYLOAD) : LEAST_PAYLOAD;
}

/** Our own OPT record, with an extended error (RFC 8914) where one says more than the rcode. */
export function optRecord(
  { wantsDnssec }: Edns,
  rcode: number,
  error?: { readonly code: number; readonly text: string },
): ResourceRecord {
  const said = error && Buffer.concat([uint16(error.code), Buffer.from(error.text)]);
  return {
    name: parseName("."),
    type: TYPE.OPT,
    class: OUR_PAYLOAD,
    ttl: (((rcode >> 4) << 24) | (wantsDnssec ? DO : 0)) >>> 0,
    rdata: said ? Buffer.concat([uint16(EXTENDED_ERROR), uint16(said.length), said]) : Buffer.alloc(0),
  };
}
