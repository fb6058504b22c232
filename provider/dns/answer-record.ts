import { type Answer as Decoded, decode } from "dns-packet";
import { absoluteName } from "../core/domain-name";
import type { Dnskey, DsData } from "./ds";
import type { Message } from "./message";

/** A record of an answer, as far as this package has use for it. */
export type AnswerRecord = { readonly name: string } & (
  | { readonly type: "SOA"; readonly serial: number }
  | { readonly type: "DNSKEY"; readonly dnskey: Dnskey }
  | { readonly type: "RRSIG"; readonly signature: Signature }
  | { readonly type: "CDS"; readonly cds: DsData }
  | { readonly type: "other" }
);

/** What a signature covers, by which key and for how long: not whether it is right. */
export interface Signature {
  readonly covers: string;
  /** Both in seconds since 1970, and then modulo 2³² (RFC 4034 section 3.1.5). */
  readonly inception: number;
  readonly expiration: number;
  readonly algorithm: number;
  readonly keyTag: number;
}

/** Decodes the first records of the answer section, and nothing behind them. */
export function recordsOf({ wire, answers }: Message, count = answers.length): readonly AnswerRecord[] {
  const head = Buffer.from(wire);
  head.writeUInt16BE(Math.min(count, answers.length), 6);
  head.writeUInt32BE(0, 8);
  return (decode(head).answers ?? []).map(recordOf);
}

function recordOf(decoded: Decoded): AnswerRecord {
  const name = absoluteName(decoded.name);
  switch (decoded.type) {
    case "SOA":
      return { name, type: "SOA", serial: decoded.data.serial ?? 0 };
    case "DNSKEY": {
      const { flags, algorithm, key } = decoded.data;
      return { name, type: "DNSKEY", dnskey: { flags, algorithm, publicKey: key } };
    }
    case "RRSIG": {
      const { typeCovered: covers, algorithm, keyTag, inception, expiration } = decoded.data;
      return { name, type: "RRSIG", signature: { covers, inception, expiration, algorithm, keyTag } };
    }
    case "CDS":
      return { name, type: "CDS", cds: parseDs(decoded.data) };
    default:
      return { name, type: "other" };
  }
}

/** RFC 4034 section 5.1, which RFC 7344 takes for CDS. */
function parseDs(data: Buffer): DsData {
  return {
    keyTag: data.readUInt16BE(0),
    algorithm: data.readUInt8(2),
    digestType: data.readUInt8(3),
    digest: data.toString("hex", 4).toUpperCase(),
  };
}
