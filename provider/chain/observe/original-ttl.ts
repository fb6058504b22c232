import type { Message, QuestionType } from "../../dns/message";
import { type ResourceRecord, recordsOf } from "../../dns/resource-record";

/** The records of a section; what cannot be read is not there. */
export function readable(message: Message, section: Message["answers"]): readonly ResourceRecord[] {
  return section.flatMap((span) => {
    try {
      return recordsOf(message, [span]);
    } catch {
      return [];
    }
  });
}

/** For how long a set is kept, in seconds: a resolver counts it down, and the signature says what it was (RFC 4034 section 3.1.4). */
export function originalTtl(
  records: readonly ResourceRecord[],
  type: QuestionType & ("DS" | "DNSKEY"),
): number {
  const ttls = records.flatMap((record) => {
    if (record.type === type) return [record.ttl];
    const isSignature = record.type === "RRSIG" && record.signature.covers === type;
    return isSignature ? [record.span.data.readUInt32BE(4)] : [];
  });
  return Math.max(0, ...ttls);
}
