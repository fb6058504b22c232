import { FLAG, type Message, type ResourceRecord } from "./message";
import type { ZoneData } from "./zone";

/** Far under the 64 KB of a message over TCP, with room for TSIG. */
const MOST_OCTETS = 32_768;

/** The whole zone as it was transferred (RFC 5936 2.2), the SOA at both ends. */
export function* axfrMessages({ id, questions }: Message, { records }: ZoneData): Generator<Message> {
  const message = (answers: readonly ResourceRecord[], isFirst: boolean): Message => ({
    id,
    flags: FLAG.response | FLAG.authoritative,
    questions: isFirst ? questions : [],
    answers,
    authority: [],
    additional: [],
  });
  let isFirst = true;
  let batch: ResourceRecord[] = [];
  let octets = 0;
  for (const record of [...records, ...records.slice(0, 1)]) {
    const size = record.name.length + 10 + record.rdata.length;
    if (batch.length > 0 && octets + size > MOST_OCTETS) {
      yield message(batch, isFirst);
      [batch, octets, isFirst] = [[], 0, false];
    }
    batch.push(record);
    octets += size;
  }
  yield message(batch, isFirst);
}
